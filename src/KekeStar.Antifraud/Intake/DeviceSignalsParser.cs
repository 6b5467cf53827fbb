using System.Text.Unicode;
using KekeStar.Antifraud.Intake.Identifiers;
using KekeStar.Antifraud.Intake.Motion;
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
    private readonly RiskToolTable _riskTools;

    /// <summary>Makes a parser.</summary>
    public DeviceSignalsParser(RiskToolTable riskTools)
    {
        _riskTools = riskTools;
    }

    /// <summary>Parses the message, or a piece of it, into the event.</summary>
    /// <param name="message">The message.</param>
    /// <param name="progress">What the pieces before held.</param>
    /// <param name="target">The event.</param>
    /// <returns>False if it is not protocol buffers.</returns>
    public bool TryParse(ReadOnlySpan<byte> message, ref DeviceProgress progress, ScoreEvent target)
    {
        var reader = new ProtobufReader(message);
        while (reader.TryReadTag(out var field))
        {
            var signal = SignalTable.Device[field];
            switch (field)
            {
                case >= DeviceSignals.ImeiFieldNumber and <= DeviceSignals.BssidFieldNumber:
                    ReadIdentifier(ref reader, signal, SlotOfField(field), target);
                    break;
                case DeviceSignals.SimsFieldNumber:
                    if (!TryParseSim(ref reader, ref progress, target))
                    {
                        return false;
                    }

                    break;
                case DeviceSignals.PlatformFieldNumber:
                    if (SignalReader.TryReadEnum(ref reader, signal, (int)Platform.Other, target, out var platform))
                    {
                        target.Platform = (Platform)platform;
                    }

                    break;
                case >= DeviceSignals.ModelFieldNumber and <= DeviceSignals.AppVersionFieldNumber:
                    ReadDescription(ref reader, field, ref progress, target);
                    break;
                case DeviceSignals.AccessTypeFieldNumber:
                    if (SignalReader.TryReadEnum(ref reader, signal, (int)AccessType.Other, target, out var accessType))
                    {
                        target.AccessType = (AccessType)accessType;
                    }

                    break;
                case DeviceSignals.AccelerometerFieldNumber:
                    if (TryReadSeries(ref reader, signal, ref progress.HasAccelerometer, target, out var summary))
                    {
                        target.HasAccelerometer = true;
                        target.Accelerometer = summary;
                    }

                    break;
                case DeviceSignals.GyroscopeFieldNumber:
                    // Only its form is checked until a feature needs it: the least that is enough.
                    _ = TryReadSeries(ref reader, signal, ref progress.HasGyroscope, target, out _);
                    break;
                case DeviceSignals.SoftwareFieldNumber:
                    MatchEntry(ref reader, signal, ref progress.Software, target);
                    break;
                case DeviceSignals.ProcessesFieldNumber:
                    MatchEntry(ref reader, signal, ref progress.Processes, target);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return !reader.IsMalformed;
    }

    /// <summary>Sets what is made of several fields, once all pieces were parsed.</summary>
    public void Finish(DeviceProgress progress, ScoreEvent target)
    {
        if (progress.Model.IsEmpty)
        {
            return;
        }

        // Zero bytes between the parts keep "a" + "bc" and "ab" + "c" apart.
        Span<byte> joined = stackalloc byte[(IntakeLimits.MaxDescriptionBytes + 1) * 3];
        joined.Clear();
        progress.Model.CopyTo(joined);
        var length = progress.Model.Length + 1;
        progress.OsBuild.CopyTo(joined[length..]);
        length += progress.OsBuild.Length + 1;
        progress.AppVersion.CopyTo(joined[length..]);
        length += progress.AppVersion.Length;
        target.Pseudonymise(EntitySlot.Cohort, joined[..length]);
        joined.Clear();
    }

    private static int SlotOfField(int field) => field + (EntitySlot.Imei - DeviceSignals.ImeiFieldNumber);

    private static void ReadDescription(scoped ref ProtobufReader reader, int field, ref DeviceProgress progress, ScoreEvent target)
    {
        var isDescription = reader.WireType == WireType.LengthDelimited;
        SignalReader.TryReadShortText(
            ref reader, SignalTable.Device[field], IntakeLimits.MaxDescriptionBytes, target, out var text);
        switch (field)
        {
            case DeviceSignals.ModelFieldNumber when isDescription:
                progress.Model = text;
                break;
            case DeviceSignals.OsBuildFieldNumber when isDescription:
                progress.OsBuild = text;
                break;
            case DeviceSignals.AppVersionFieldNumber when isDescription:
                progress.AppVersion = text;
                break;
        }
    }

    private static bool TryReadSeries(
        scoped ref ProtobufReader reader, SignalTable.Signal signal, ref bool isRead, ScoreEvent target, out MotionSummary summary)
    {
        summary = default;
        if (!SignalReader.TryReadText(ref reader, signal, target, out var series))
        {
            return false;
        }

        // The encoding would join two series. No sender does that, and the samples of the first are gone.
        if (isRead)
        {
            target.Drop(signal.NameIndex, DropCause.TooMany);
            return false;
        }

        isRead = true;
        return MotionSeriesParser.TryParse(series, signal, target, out summary);
    }

    private static void CheckNetworkCode(scoped ref ProtobufReader reader, SignalTable.Signal signal, int minLength, ScoreEvent target)
    {
        if (SignalReader.TryReadText(ref reader, signal, target, out var code)
            && NetworkCode.Check(code, minLength) is var status and not NormaliseStatus.Ok)
        {
            target.Drop(signal.NameIndex, SignalReader.Cause(status));
        }
    }

    private bool TryParseSim(scoped ref ProtobufReader reader, scoped ref DeviceProgress progress, ScoreEvent target)
    {
        if (reader.WireType != WireType.LengthDelimited)
        {
            target.Drop(SignalNames.Sims, DropCause.WrongType);
            reader.Skip();
            return true;
        }

        var message = reader.ReadBytes();
        if (progress.Sims == IntakeLimits.MaxSims)
        {
            target.Drop(SignalNames.Sims, DropCause.TooMany);
            return true;
        }

        var index = progress.Sims++;
        var sim = new ProtobufReader(message);
        while (sim.TryReadTag(out var field))
        {
            var signal = SignalTable.Sim[field];
            switch (field)
            {
                case SimSignals.IccidFieldNumber:
                    ReadIdentifier(ref sim, signal, EntitySlot.Iccid + index, target);
                    break;
                case SimSignals.ImsiFieldNumber:
                    ReadIdentifier(ref sim, signal, EntitySlot.Imsi + index, target);
                    break;
                case SimSignals.SimSerialFieldNumber:
                    ReadIdentifier(ref sim, signal, EntitySlot.SimSerial + index, target);
                    break;
                case SimSignals.MccFieldNumber:
                    CheckNetworkCode(ref sim, signal, NetworkCode.MaxLength, target);
                    break;
                case SimSignals.MncFieldNumber:
                    CheckNetworkCode(ref sim, signal, NetworkCode.MinNetworkLength, target);
                    break;
                default:
                    sim.Skip();
                    break;
            }
        }

        return !sim.IsMalformed;
    }

    private void ReadIdentifier(scoped ref ProtobufReader reader, SignalTable.Signal signal, int slot, ScoreEvent target)
    {
        if (reader.WireType == WireType.LengthDelimited)
        {
            // Of a field that comes again the last one counts, also where it says nothing.
            target.Forget(slot);
        }

        if (!SignalReader.TryReadText(ref reader, signal, target, out var text))
        {
            return;
        }

        Span<byte> normalised = stackalloc byte[IdentifierNormaliser.MaxNormalisedLength];
        var kind = EntitySlot.Kind(slot);
        var status = IdentifierNormaliser.Normalise(kind, text, normalised, out var length);
        if (status == NormaliseStatus.Ok)
        {
            target.Pseudonymise(slot, normalised[..length]);
        }
        else
        {
            target.Drop(signal.NameIndex, SignalReader.Cause(status));
            if (status == NormaliseStatus.EmulatorDefault)
            {
                target.NoteEmulator(slot);
            }
        }

        normalised.Clear();
    }

    private void MatchEntry(scoped ref ProtobufReader reader, SignalTable.Signal signal, ref int count, ScoreEvent target)
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
        }
        else if (!Utf8.IsValid(name))
        {
            target.Drop(signal.NameIndex, DropCause.Malformed);
        }
        else
        {
            target.RiskTools |= _riskTools.Match(name);
        }
    }
}
