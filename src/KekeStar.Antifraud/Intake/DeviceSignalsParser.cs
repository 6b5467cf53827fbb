using System.Text.Unicode;
using KekeStar.Antifraud.Intake.Consistency;
using KekeStar.Antifraud.Intake.Identifiers;
using KekeStar.Antifraud.Intake.Motion;
using KekeStar.Antifraud.Intake.References;
using KekeStar.Antifraud.Intake.RiskTools;
using KekeStar.Antifraud.Intake.Similarity;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Intake;

/// <summary>
/// Reads DeviceSignals: each identifier is normalised into a stack buffer, hashed, asked for its maker, country and
/// soundness, and wiped; each list entry is matched and forgotten; each sensor series is summarised.
/// </summary>
internal static class DeviceSignalsParser
{
    /// <summary>Parses the message, or a piece of it, into the event.</summary>
    /// <param name="message">The message.</param>
    /// <param name="progress">What the pieces before held.</param>
    /// <param name="target">The event.</param>
    /// <returns>False if it is not protocol buffers.</returns>
    public static bool TryParse(ReadOnlySpan<byte> message, ref DeviceProgress progress, ScoreEvent target)
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
                    if (MatchEntry(ref reader, signal, progress.Tables.RiskTools, ref progress.Software, target, out var name) && !CommonSoftware.Shipped.Ignores(name))
                    {
                        progress.Sketch.Fold(target.Keys.Current.SketchKey, name);
                        if (target.Keys.Other is { } other)
                        {
                            progress.OtherSketch.Fold(other.SketchKey, name);
                        }
                    }

                    break;
                case DeviceSignals.ProcessesFieldNumber:
                    MatchEntry(ref reader, signal, progress.Tables.RiskTools, ref progress.Processes, target, out _);
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
        DeviceCohort.Make(ref progress, target);
        target.GyroscopeContradicts = target.Motion.Contradicts(progress.Rotation);
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
            SerialBlocks.Forget(slot, target);
        }

        if (!SignalReader.TryReadText(ref reader, signal, target, out var text))
        {
            return;
        }

        Span<byte> normalised = stackalloc byte[IdentifierNormaliser.MaxNormalisedLength];
        var status = IdentifierNormaliser.Normalise(EntitySlot.Kind(slot), text, normalised, out var length);
        Keep(status, normalised[..length], signal, slot, target);
        if (status == NormaliseStatus.Ok)
        {
            SerialBlocks.Keep(slot, normalised[..length], target);
        }

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

    /// <summary>Matches an entry of a list against the risk tools.</summary>
    /// <returns>True if the entry was read; the name is then 1 to 128 bytes of UTF-8.</returns>
    private static bool MatchEntry(
        scoped ref ProtobufReader reader, SignalTable.Signal signal, RiskToolTable riskTools, ref int count, ScoreEvent target, out ReadOnlySpan<byte> name)
    {
        if (!SignalReader.TryReadText(ref reader, signal, target, out name))
        {
            return false;
        }

        if (count == IntakeLimits.MaxListEntries)
        {
            target.Drop(signal.NameIndex, DropCause.TooMany);
            return false;
        }

        count++;
        target.HasSoftware = true;
        var cause = name.Length > IntakeLimits.MaxListEntryBytes ? DropCause.TooLong
            : Utf8.IsValid(name) ? DropCause.Unspecified
            : DropCause.Malformed;
        if (cause != DropCause.Unspecified)
        {
            target.Drop(signal.NameIndex, cause);
            return false;
        }

        target.RiskTools |= riskTools.Match(name);
        return true;
    }
}
