using KekeStar.Antifraud.Intake.Identifiers;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Intake.RiskTools;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Intake;

/// <summary>
/// Reads DeviceSignals: each identifier is normalised into a stack buffer, hashed and wiped; each list entry is
/// matched and forgotten; each sensor series is summarised.
/// </summary>
internal sealed class DeviceSignalsParser
{
    private readonly Pseudonymiser _pseudonymiser;
    private readonly RiskToolTable _riskTools;

    /// <summary>Makes a parser.</summary>
    public DeviceSignalsParser(Pseudonymiser pseudonymiser, RiskToolTable riskTools)
    {
        _pseudonymiser = pseudonymiser;
        _riskTools = riskTools;
    }

    /// <summary>Parses the message into the event.</summary>
    /// <returns>False if it is not protocol buffers.</returns>
    public bool TryParse(ReadOnlySpan<byte> message, ScoreEvent target)
    {
        var reader = new ProtobufReader(message);
        var description = default(DeviceDescription);
        int sims = 0, software = 0, processes = 0;
        while (reader.TryReadTag(out var field))
        {
            var signal = SignalTable.Device[field];
            switch (field)
            {
                case >= DeviceSignals.ImeiFieldNumber and <= DeviceSignals.BssidFieldNumber:
                    ReadIdentifier(ref reader, signal, SlotOfField(field), target);
                    break;
                case DeviceSignals.SimsFieldNumber when reader.WireType == WireType.LengthDelimited:
                    if (!TryParseSim(reader.ReadBytes(), sims++, target))
                    {
                        return false;
                    }

                    break;
                case DeviceSignals.PlatformFieldNumber:
                    target.Platform = (Platform)SignalReader.ReadEnum(ref reader, signal, (int)Platform.Other, target);
                    break;
                case >= DeviceSignals.ModelFieldNumber and <= DeviceSignals.AppVersionFieldNumber:
                    SetDescription(field, ReadDescription(ref reader, signal, target), ref description);
                    break;
                case DeviceSignals.AccessTypeFieldNumber:
                    target.AccessType = (AccessType)SignalReader.ReadEnum(ref reader, signal, (int)AccessType.Other, target);
                    break;
                case DeviceSignals.AccelerometerFieldNumber:
                    if (SignalReader.TryReadText(ref reader, signal, target, out var series)
                        && MotionSeriesParser.TryParse(series, signal, target, out var summary))
                    {
                        target.HasAccelerometer = true;
                        target.Accelerometer = summary;
                    }

                    break;
                case DeviceSignals.GyroscopeFieldNumber:
                    if (SignalReader.TryReadText(ref reader, signal, target, out var rotation))
                    {
                        // Only its form is checked until a feature needs it: the least that is enough.
                        _ = MotionSeriesParser.TryParse(rotation, signal, target, out _);
                    }

                    break;
                case DeviceSignals.SoftwareFieldNumber:
                    MatchEntry(ref reader, signal, ref software, target);
                    break;
                case DeviceSignals.ProcessesFieldNumber:
                    MatchEntry(ref reader, signal, ref processes, target);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (reader.IsMalformed)
        {
            return false;
        }

        SetCohort(description, target);
        return true;
    }

    private static int SlotOfField(int field) => field + (EntitySlot.Imei - DeviceSignals.ImeiFieldNumber);

    private static ReadOnlySpan<byte> ReadDescription(scoped ref ProtobufReader reader, SignalTable.Signal signal, ScoreEvent target)
    {
        if (!SignalReader.TryReadText(ref reader, signal, target, out var text))
        {
            return default;
        }

        if (text.Length > IntakeLimits.MaxDescriptionBytes)
        {
            target.Drop(signal.NameIndex, DropCause.TooLong);
            return default;
        }

        return text;
    }

    private static void SetDescription(int field, ReadOnlySpan<byte> text, ref DeviceDescription description)
    {
        switch (field)
        {
            case DeviceSignals.ModelFieldNumber:
                description.Model = text;
                break;
            case DeviceSignals.OsBuildFieldNumber:
                description.OsBuild = text;
                break;
            case DeviceSignals.AppVersionFieldNumber:
                description.AppVersion = text;
                break;
        }
    }

    private bool TryParseSim(ReadOnlySpan<byte> message, int index, ScoreEvent target)
    {
        if (index >= IntakeLimits.MaxSims)
        {
            target.Drop(SignalNames.Sims, DropCause.TooMany);
            return true;
        }

        var reader = new ProtobufReader(message);
        while (reader.TryReadTag(out var field))
        {
            switch (field)
            {
                case SimSignals.IccidFieldNumber:
                    ReadIdentifier(ref reader, SignalTable.Sim[field], EntitySlot.Iccid + index, target);
                    break;
                case SimSignals.ImsiFieldNumber:
                    ReadIdentifier(ref reader, SignalTable.Sim[field], EntitySlot.Imsi + index, target);
                    break;
                case SimSignals.SimSerialFieldNumber:
                    ReadIdentifier(ref reader, SignalTable.Sim[field], EntitySlot.SimSerial + index, target);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return !reader.IsMalformed;
    }

    private void ReadIdentifier(ref ProtobufReader reader, SignalTable.Signal signal, int slot, ScoreEvent target)
    {
        if (!SignalReader.TryReadText(ref reader, signal, target, out var text))
        {
            return;
        }

        Span<byte> normalised = stackalloc byte[IdentifierNormaliser.MaxNormalisedLength];
        var kind = EntitySlot.Kind(slot);
        var status = IdentifierNormaliser.Normalise(kind, text, normalised, out var length);
        if (status == NormaliseStatus.Ok)
        {
            target.Entity(slot) = _pseudonymiser.Compute(kind, normalised[..length]);
        }
        else
        {
            target.Drop(signal.NameIndex, SignalReader.Cause(status));
        }

        normalised.Clear();
    }

    private void MatchEntry(ref ProtobufReader reader, SignalTable.Signal signal, ref int count, ScoreEvent target)
    {
        if (!SignalReader.TryReadText(ref reader, signal, target, out var name))
        {
            return;
        }

        if (count == IntakeLimits.MaxListEntries)
        {
            target.Drop(signal.NameIndex, DropCause.TooMany);
            return;
        }

        count++;
        target.HasSoftware = true;
        if (name.Length > IntakeLimits.MaxListEntryBytes)
        {
            target.Drop(signal.NameIndex, DropCause.TooLong);
            return;
        }

        target.RiskTools |= _riskTools.Match(name);
    }

    private void SetCohort(DeviceDescription description, ScoreEvent target)
    {
        if (description.Model.IsEmpty)
        {
            return;
        }

        // Zero bytes between the parts keep "a" + "bc" and "ab" + "c" apart.
        Span<byte> joined = stackalloc byte[(IntakeLimits.MaxDescriptionBytes + 1) * 3];
        joined.Clear();
        description.Model.CopyTo(joined);
        var length = description.Model.Length + 1;
        description.OsBuild.CopyTo(joined[length..]);
        length += description.OsBuild.Length + 1;
        description.AppVersion.CopyTo(joined[length..]);
        length += description.AppVersion.Length;
        target.Entity(EntitySlot.Cohort) = _pseudonymiser.Compute(EntityKind.Cohort, joined[..length]);
    }

    private ref struct DeviceDescription
    {
        public ReadOnlySpan<byte> Model;
        public ReadOnlySpan<byte> OsBuild;
        public ReadOnlySpan<byte> AppVersion;
    }
}
