using System.Text.Unicode;
using KekeStar.Antifraud.Intake.Consistency;
using KekeStar.Antifraud.Intake.Identifiers;
using KekeStar.Antifraud.Intake.Motion;
using KekeStar.Antifraud.Intake.References;
using KekeStar.Antifraud.Intake.RiskTools;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Intake;

/// <summary>
/// Reads DeviceSignals: each identifier is normalised into a stack buffer, hashed, asked for its maker, country and
/// soundness, and wiped; each list entry is matched and forgotten; each sensor series is summarised.
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
                    ReadDeviceIdentifier(ref reader, signal, SlotOfField(field), ref progress, target);
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
                    ReadSeries(ref reader, MotionSensor.Accelerometer, signal, ref progress.HasAccelerometer, ref progress.Rotation, target);
                    break;
                case DeviceSignals.GyroscopeFieldNumber:
                    ReadSeries(ref reader, MotionSensor.Gyroscope, signal, ref progress.HasGyroscope, ref progress.Rotation, target);
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
    public static void Finish(scoped ref DeviceProgress progress, ScoreEvent target)
    {
        DeviceChecks.Make(ref progress, target);
        SetCohort(ref progress, target);
        target.GyroscopeContradicts = target.Motion.Contradicts(progress.Rotation, target.Accelerometer.MagnitudeVariance);
    }

    private static void SetCohort(scoped ref DeviceProgress progress, ScoreEvent target)
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
            case DeviceSignals.BrandFieldNumber when isDescription:
                progress.Brand = text;
                break;
            case DeviceSignals.OsVersionFieldNumber when isDescription:
                progress.OsVersion = text;
                break;
            case DeviceSignals.OsBuildFieldNumber when isDescription:
                progress.OsBuild = text;
                break;
            case DeviceSignals.AppVersionFieldNumber when isDescription:
                progress.AppVersion = text;
                break;
        }
    }

    private static void ReadSeries(
        scoped ref ProtobufReader reader,
        MotionSensor sensor,
        SignalTable.Signal signal,
        ref bool isRead,
        ref RotationPath rotation,
        ScoreEvent target)
    {
        if (!SignalReader.TryReadText(ref reader, signal, target, out var series))
        {
            return;
        }

        // The encoding would join two series. No sender does that, and the samples of the first are gone.
        if (isRead)
        {
            target.Drop(signal.NameIndex, DropCause.TooMany);
            return;
        }

        isRead = true;
        MotionSeriesParser.Parse(series, sensor, signal, target, ref rotation);
    }

    private static ReadOnlySpan<byte> ReadNetworkCode(
        scoped ref ProtobufReader reader, SignalTable.Signal signal, int minLength, ReadOnlySpan<byte> earlier, ScoreEvent target)
    {
        if (reader.WireType != WireType.LengthDelimited)
        {
            SignalReader.TryReadText(ref reader, signal, target, out _);
            return earlier;
        }

        if (!SignalReader.TryReadText(ref reader, signal, target, out var text))
        {
            return default;
        }

        var status = NetworkCode.Read(text, minLength, out var code);
        if (status != NormaliseStatus.Ok)
        {
            target.Drop(signal.NameIndex, SignalReader.Cause(status));
        }

        return code;
    }

    private static bool TryParseSim(scoped ref ProtobufReader reader, scoped ref DeviceProgress progress, ScoreEvent target)
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
        var facts = default(SimFacts);
        var sim = new ProtobufReader(message);
        while (sim.TryReadTag(out var field))
        {
            var signal = SignalTable.Sim[field];
            switch (field)
            {
                case SimSignals.IccidFieldNumber:
                    ReadCardIdentifier(ref sim, signal, EntitySlot.Iccid + index, ref facts, progress.Tables, target);
                    break;
                case SimSignals.ImsiFieldNumber:
                    ReadCardIdentifier(ref sim, signal, EntitySlot.Imsi + index, ref facts, progress.Tables, target);
                    break;
                case SimSignals.SimSerialFieldNumber:
                    ReadCardIdentifier(ref sim, signal, EntitySlot.SimSerial + index, ref facts, progress.Tables, target);
                    break;
                case SimSignals.MccFieldNumber:
                    facts.Mcc = ReadNetworkCode(ref sim, signal, NetworkCode.MaxLength, facts.Mcc, target);
                    break;
                case SimSignals.MncFieldNumber:
                    facts.Mnc = ReadNetworkCode(ref sim, signal, NetworkCode.MinNetworkLength, facts.Mnc, target);
                    break;
                default:
                    sim.Skip();
                    break;
            }
        }

        facts.AddTo(ref progress.Facts.Sims, progress.Tables.Operators);
        return !sim.IsMalformed;
    }

    private static void ReadDeviceIdentifier(
        scoped ref ProtobufReader reader, SignalTable.Signal signal, int slot, scoped ref DeviceProgress progress, ScoreEvent target)
    {
        if (reader.WireType == WireType.LengthDelimited)
        {
            // Of a field that comes again the last one counts, also where it says nothing.
            target.Forget(slot);
            progress.Facts.Forget(slot);
        }

        if (!SignalReader.TryReadText(ref reader, signal, target, out var text))
        {
            return;
        }

        Span<byte> normalised = stackalloc byte[IdentifierNormaliser.MaxNormalisedLength];
        var status = IdentifierNormaliser.Normalise(EntitySlot.Kind(slot), text, normalised, out var length);
        Keep(status, normalised[..length], signal, slot, target);
        progress.Facts.Note(slot, text, status, normalised[..length], progress.Tables);
        normalised.Clear();
    }

    private static void ReadCardIdentifier(
        scoped ref ProtobufReader reader,
        SignalTable.Signal signal,
        int slot,
        scoped ref SimFacts facts,
        ReferenceTables tables,
        ScoreEvent target)
    {
        var kind = EntitySlot.Kind(slot);
        if (reader.WireType == WireType.LengthDelimited)
        {
            target.Forget(slot);
            facts.Forget(kind);
        }

        if (!SignalReader.TryReadText(ref reader, signal, target, out var text))
        {
            return;
        }

        Span<byte> normalised = stackalloc byte[IdentifierNormaliser.MaxNormalisedLength];
        var status = IdentifierNormaliser.Normalise(kind, text, normalised, out var length);
        Keep(status, normalised[..length], signal, slot, target);
        if (status == NormaliseStatus.Ok)
        {
            facts.Note(kind, normalised[..length], tables);
        }

        normalised.Clear();
    }

    private static void Keep(NormaliseStatus status, ReadOnlySpan<byte> normalised, SignalTable.Signal signal, int slot, ScoreEvent target)
    {
        if (status == NormaliseStatus.Ok)
        {
            target.Pseudonymise(slot, normalised);
        }
        else
        {
            target.Drop(signal.NameIndex, SignalReader.Cause(status));
            if (status == NormaliseStatus.EmulatorDefault)
            {
                target.NoteEmulator(slot);
            }
        }
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
