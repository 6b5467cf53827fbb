using System.Text;
using Google.Protobuf;
using KekeStar.Antifraud.Identity;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Identifiers;
using KekeStar.Antifraud.Intake.Motion;
using KekeStar.Antifraud.Intake.References;
using KekeStar.Antifraud.Intake.RiskTools;
using KekeStar.Antifraud.Tests.Intake.Similarity;
using KekeStar.Antifraud.Tests.Wire;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Intake;

/// <summary>
/// What intake must make of a request, computed from the message that the generated code makes of the same bytes; the
/// notes, which are made for each occurrence of a field, from each field alone.
/// </summary>
internal sealed class RequestOracle
{
    private readonly IntakeUnderTest _intake;
    private readonly ScoreRequest _merged;
    private readonly HashSet<ConsentCategory> _granted;
    private readonly SortedSet<string> _notes = new(StringComparer.Ordinal);
    private readonly ScoreEvent _expected = new();
    private int _sims;
    private int _software;
    private int _processes;
    private int _accelerometers;
    private int _gyroscopes;
    private RotationPath _rotation;

    internal RequestOracle(IntakeUnderTest intake, byte[] message)
    {
        _intake = intake;
        _merged = ScoreRequest.Parser.ParseFrom(message);
        _granted = [ConsentCategory.Essential, .. _merged.Consent?.Granted ?? []];
        _expected.Clear();
        if (message.Length > IntakeLimits.MaxEventBytes)
        {
            Faults.Add("The event");
            return;
        }

        foreach (var field in WireBytes.Split(message))
        {
            NoteField(field);
        }

        FindWhatIsMissing();
        if (Faults.Count == 0)
        {
            Expect();
        }
    }

    /// <summary>The fields for any of which the request may be refused; empty: it must not be.</summary>
    internal HashSet<string> Faults { get; } = new(StringComparer.Ordinal);

    internal SortedSet<string> Notes => _notes;

    internal List<string> Facts
    {
        get
        {
            // Either series may come first.
            _expected.GyroscopeContradicts = _expected.Motion.Contradicts(_rotation);
            return EventFacts.Of(_expected);
        }
    }

    private DeviceSignals Device => _merged.Device ?? new DeviceSignals();

    private void Expect()
    {
        var eventId = Encoding.UTF8.GetBytes(_merged.EventId);
        _expected.Keys = _intake.Keys;
        _expected.SetEventId(eventId);
        var now = IntakeUnderTest.NowMilliseconds;
        _expected.TimeMilliseconds = _merged.EventTime is { } time ? (time.Seconds * 1000) + (time.Nanos / 1_000_000) : now;
        _expected.IsLate = now - _expected.TimeMilliseconds > 600_000;
        _expected.Scene = _merged.Scene;
        _expected.ReasonLanguage = Known(_merged.ReasonLanguage);
        _expected.Platform = Known(Device.Platform);
        _expected.AccessType = Known(Device.AccessType);
        _expected.Captcha = Known(_merged.ThirdParty?.Captcha ?? CaptchaState.Unspecified);
        _expected.VendorScore = _merged.ThirdParty is { HasVendorScore: true, VendorScore: <= 1000 } third ? (int)third.VendorScore : -1;
        foreach (var category in _granted)
        {
            _expected.Consent |= Enum.IsDefined(category) ? 1u << (int)category : 0;
        }

        ExpectEntities();
        ExpectLists();
        ExpectChecks();
    }

    private void ExpectEntities()
    {
        Put(EntitySlot.Account, EntityKind.Account, _merged.AccountId, ConsentCategory.Essential);
        Put(EntitySlot.Ip, EntityKind.Ip, _merged.ClientIp, ConsentCategory.Essential);
        Put(EntitySlot.IpPrefix, EntityKind.IpPrefix, _merged.ClientIp, ConsentCategory.Essential);
        Put(EntitySlot.Imei, EntityKind.Imei, Device.Imei, ConsentCategory.DeviceIdentifiers);
        Put(EntitySlot.Imei2, EntityKind.Imei, Device.Imei2, ConsentCategory.DeviceIdentifiers);
        Put(EntitySlot.Meid, EntityKind.Meid, Device.Meid, ConsentCategory.DeviceIdentifiers);
        Put(EntitySlot.AndroidId, EntityKind.AndroidId, Device.AndroidId, ConsentCategory.DeviceIdentifiers);
        Put(EntitySlot.Oaid, EntityKind.Oaid, Device.Oaid, ConsentCategory.AdvertisingIdentifiers);
        Put(EntitySlot.Idfa, EntityKind.Idfa, Device.Idfa, ConsentCategory.AdvertisingIdentifiers);
        Put(EntitySlot.Idfv, EntityKind.Idfv, Device.Idfv, ConsentCategory.DeviceIdentifiers);
        Put(EntitySlot.OpenUdid, EntityKind.OpenUdid, Device.OpenUdid, ConsentCategory.DeviceIdentifiers);
        Put(EntitySlot.Guid, EntityKind.Guid, Device.Guid, ConsentCategory.DeviceIdentifiers);
        Put(EntitySlot.Serial, EntityKind.Serial, Device.Serial, ConsentCategory.DeviceIdentifiers);
        Put(EntitySlot.Mac, EntityKind.Mac, Device.Mac, ConsentCategory.NetworkIdentifiers);
        Put(EntitySlot.Bssid, EntityKind.Bssid, Device.Bssid, ConsentCategory.NetworkIdentifiers);
        for (var i = 0; i < Math.Min(Device.Sims.Count, 2); i++)
        {
            Put(EntitySlot.Iccid + i, EntityKind.Iccid, Device.Sims[i].Iccid, ConsentCategory.Sim);
            Put(EntitySlot.Imsi + i, EntityKind.Imsi, Device.Sims[i].Imsi, ConsentCategory.Sim);
            Put(EntitySlot.SimSerial + i, EntityKind.SimSerial, Device.Sims[i].SimSerial, ConsentCategory.Sim);
        }

        if (Description(Device.Model).Length > 0)
        {
            _expected.Entity(EntitySlot.Cohort) = _intake.Epoch.Pseudonymise(EntityKind.Cohort, Encoding.UTF8.GetBytes(Cohort));
        }

        ExpectDevice();
    }

    private string Cohort => $"{Description(Device.Model)}\0{Description(Device.OsBuild)}\0{Description(Device.AppVersion)}";

    private void ExpectDevice()
    {
        var token = _merged.DeviceToken.Span;
        if (!token.IsEmpty && token.Length <= 64 && _granted.Contains(ConsentCategory.DeviceIdentifiers))
        {
            if (DeviceTokens.TryOpen(_intake.Keys, token, out var device, out _))
            {
                _expected.Entity(EntitySlot.Device) = device;
                return;
            }

            Note("device_token", DropCause.Malformed);
        }

        DeviceResolver.Resolve(_expected);
    }

    private void ExpectLists()
    {
        if (_granted.Contains(ConsentCategory.Software))
        {
            foreach (var name in Read(Device.Software).Concat(Read(Device.Processes)))
            {
                _expected.HasSoftware = true;
                _expected.RiskTools |= name.Length <= 128 ? RiskToolTable.Shipped.Match(name) : 0;
            }

            var bands = Known(Device.Platform) == Platform.Ios ? [] : SketchOracle.Of(_intake.Epoch, Read(Device.Software), Cohort);
            for (var band = 0; band < bands.Length; band++)
            {
                _expected.Entity(EntitySlot.Similar + band) = bands[band];
            }
        }
    }

    // The comparisons have tests of their own; here it is that they see the merged message, whatever came in which order.
    private void ExpectChecks()
    {
        Span<byte> address = stackalloc byte[16];
        if (ClientAddress.TryParse(Encoding.UTF8.GetBytes(_merged.ClientIp), address, out var isIPv4) == NormaliseStatus.Ok)
        {
            _expected.Address = ReferenceTables.Embedded.Addresses.Find(address, isIPv4);
        }

        var canonical = _intake.Parse(_merged.ToByteArray());
        _expected.ChecksKnown = canonical.ChecksKnown;
        _expected.ChecksViolated = canonical.ChecksViolated;
    }

    private static IEnumerable<byte[]> Read(IEnumerable<string> names) =>
        names.Where(name => name.Length > 0).Take(512).Select(Encoding.UTF8.GetBytes);

    private static T Known<T>(T value)
        where T : struct, Enum => Enum.IsDefined(value) ? value : default;

    private static string Description(string text) => text.Length <= 64 ? text : "";

    private void Put(int slot, EntityKind kind, string value, ConsentCategory category)
    {
        if (value.Length == 0 || !_granted.Contains(category))
        {
            return;
        }

        switch (EntityPseudonyms.TryMake(_intake.Epoch, kind, Encoding.UTF8.GetBytes(value), out var pseudonym))
        {
            case NormaliseStatus.Ok:
                _expected.Entity(slot) = pseudonym;
                PutBlock(slot, kind, Encoding.UTF8.GetBytes(value));
                break;
            case NormaliseStatus.EmulatorDefault:
                _expected.NoteEmulator(slot);
                break;
        }
    }

    private void PutBlock(int slot, EntityKind kind, byte[] value)
    {
        var block = slot switch { EntitySlot.Imei => EntitySlot.ImeiBlock, EntitySlot.Serial => EntitySlot.SerialBlock, _ => -1 };
        var normalised = new byte[IdentifierNormaliser.MaxNormalisedLength];
        IdentifierNormaliser.Normalise(kind, value, normalised, out var length);
        if (block >= 0 && length >= 8)
        {
            _expected.Entity(block) = _intake.Epoch.Pseudonymise(EntitySlot.Kind(block), normalised.AsSpan(0, length - 3));
        }
    }

    private void Note(string name, DropCause cause) => _notes.Add(EventFacts.Note(name, cause));

    private void NoteField(WireField field)
    {
        var one = ScoreRequest.Parser.ParseFrom(field.Raw);
        switch (field.Number)
        {
            case ScoreRequest.EventIdFieldNumber when one.EventId.Length > 64:
                Faults.Add("event_id");
                break;
            case ScoreRequest.SceneFieldNumber when !Enum.IsDefined(one.Scene):
                Faults.Add("scene");
                break;
            case ScoreRequest.AccountIdFieldNumber when one.AccountId.Length > 128:
                Faults.Add("account_id");
                break;
            case ScoreRequest.ClientIpFieldNumber:
                NoteIdentifier("ip", EntityKind.Ip, one.ClientIp, ConsentCategory.Essential);
                break;
            case ScoreRequest.ConsentFieldNumber when one.Consent.Granted.Any(category => !Enum.IsDefined(category) || category == 0):
                Note("consent", DropCause.Malformed);
                break;
            case ScoreRequest.DeviceFieldNumber:
                WireBytes.Split(field.Payload).ForEach(NoteDeviceField);
                break;
            case ScoreRequest.ThirdPartyFieldNumber:
                WireBytes.Split(field.Payload).ForEach(NoteThirdPartyField);
                break;
            case ScoreRequest.DeviceTokenFieldNumber when !one.DeviceToken.IsEmpty:
                NoteText("device_token", one.DeviceToken.Length, 64, ConsentCategory.DeviceIdentifiers);
                break;
            case ScoreRequest.ReasonLanguageFieldNumber:
                NoteEnum("reason_language", one.ReasonLanguage);
                break;
        }
    }

    private void FindWhatIsMissing()
    {
        if (_merged.EventId.Length == 0)
        {
            Faults.Add("event_id");
        }

        if (_merged.Scene == Scene.Unspecified)
        {
            Faults.Add("scene");
        }

        if (_merged.EventTime is { } time)
        {
            var ahead = (time.Seconds * 1000) + (time.Nanos / 1_000_000) - IntakeUnderTest.NowMilliseconds;
            if (ahead is > 600_000 or < -86_400_000)
            {
                Faults.Add("event_time");
            }
        }
    }

    private void NoteThirdPartyField(WireField field)
    {
        var one = ThirdPartyResults.Parser.ParseFrom(field.Raw);
        NoteEnum("captcha", one.Captcha);
        if (one is { HasVendorScore: true, VendorScore: > 1000 })
        {
            Note("vendor_score", DropCause.Malformed);
        }
    }

    private void NoteDeviceField(WireField field)
    {
        var one = DeviceSignals.Parser.ParseFrom(field.Raw);
        NoteIdentifier("imei", EntityKind.Imei, one.Imei, ConsentCategory.DeviceIdentifiers);
        NoteIdentifier("imei", EntityKind.Imei, one.Imei2, ConsentCategory.DeviceIdentifiers);
        NoteIdentifier("meid", EntityKind.Meid, one.Meid, ConsentCategory.DeviceIdentifiers);
        NoteIdentifier("android_id", EntityKind.AndroidId, one.AndroidId, ConsentCategory.DeviceIdentifiers);
        NoteIdentifier("oaid", EntityKind.Oaid, one.Oaid, ConsentCategory.AdvertisingIdentifiers);
        NoteIdentifier("idfa", EntityKind.Idfa, one.Idfa, ConsentCategory.AdvertisingIdentifiers);
        NoteIdentifier("idfv", EntityKind.Idfv, one.Idfv, ConsentCategory.DeviceIdentifiers);
        NoteIdentifier("open_udid", EntityKind.OpenUdid, one.OpenUdid, ConsentCategory.DeviceIdentifiers);
        NoteIdentifier("guid", EntityKind.Guid, one.Guid, ConsentCategory.DeviceIdentifiers);
        NoteIdentifier("serial", EntityKind.Serial, one.Serial, ConsentCategory.DeviceIdentifiers);
        NoteIdentifier("mac", EntityKind.Mac, one.Mac, ConsentCategory.NetworkIdentifiers);
        NoteIdentifier("bssid", EntityKind.Bssid, one.Bssid, ConsentCategory.NetworkIdentifiers);
        NoteEnum("platform", one.Platform);
        NoteEnum("access_type", one.AccessType);
        NoteText("model", one.Model.Length, 64, ConsentCategory.Essential);
        NoteText("brand", one.Brand.Length, 64, ConsentCategory.Essential);
        NoteText("os_version", one.OsVersion.Length, 64, ConsentCategory.Essential);
        NoteText("os_build", one.OsBuild.Length, 64, ConsentCategory.Essential);
        NoteText("app_version", one.AppVersion.Length, 64, ConsentCategory.Essential);
        foreach (var sim in one.Sims)
        {
            NoteSim(sim);
        }

        NoteNames("software", one.Software, ref _software);
        NoteNames("processes", one.Processes, ref _processes);
        if (NoteSeries("accelerometer", one.Accelerometer, ref _accelerometers))
        {
            ExpectRecording(one.Accelerometer);
        }

        if (NoteSeries("gyroscope", one.Gyroscope, ref _gyroscopes))
        {
            _rotation = RotationPath.Take(Samples(one.Gyroscope));
        }
    }

    private void NoteSim(SimSignals sim)
    {
        if (++_sims > 2)
        {
            Note("sims", DropCause.TooMany);
            return;
        }

        NoteIdentifier("iccid", EntityKind.Iccid, sim.Iccid, ConsentCategory.Sim);
        NoteIdentifier("imsi", EntityKind.Imsi, sim.Imsi, ConsentCategory.Sim);
        NoteIdentifier("sim_serial", EntityKind.SimSerial, sim.SimSerial, ConsentCategory.Sim);
        NoteCode("mcc", sim.Mcc, 3);
        NoteCode("mnc", sim.Mnc, 2);
    }

    private void NoteCode(string name, string code, int shortest)
    {
        NoteText(name, code == "unknown" ? 0 : code.Length, 3, ConsentCategory.Sim);
        if (code.Length is > 0 and <= 3 && code.Length < shortest && _granted.Contains(ConsentCategory.Sim))
        {
            Note(name, DropCause.Malformed);
        }
        else if (code == "unknown")
        {
            Note(name, _granted.Contains(ConsentCategory.Sim) ? DropCause.NullValue : DropCause.NoConsent);
        }
    }

    private void NoteNames(string signal, IEnumerable<string> names, ref int count)
    {
        foreach (var name in names)
        {
            if (name.Length > 0 && _granted.Contains(ConsentCategory.Software) && count++ >= 512)
            {
                Note(signal, DropCause.TooMany);
            }
            else
            {
                NoteText(signal, Encoding.UTF8.GetByteCount(name), 128, ConsentCategory.Software);
            }
        }
    }

    private bool NoteSeries(string name, MotionSeries? series, ref int count)
    {
        if (series is null || series.CalculateSize() == 0)
        {
            return false;
        }

        DropCause? cause = !_granted.Contains(ConsentCategory.Motion) ? DropCause.NoConsent
            : ++count > 1 || series.TimeUs.Count > 512 || series.X.Count > 512 ? DropCause.TooMany
            : series.X.Count != series.TimeUs.Count || series.Z.Any(value => !float.IsFinite(value)) ? DropCause.Malformed
            : null;
        if (cause is { } why)
        {
            Note(name, why);
            return false;
        }

        return true;
    }

    private static SampleSeries Samples(MotionSeries series) =>
        new(series.TimeUs.ToArray(), series.X.ToArray(), series.Y.ToArray(), series.Z.ToArray());

    private void ExpectRecording(MotionSeries accelerometer)
    {
        var samples = Samples(accelerometer);
        _expected.Keys = _intake.Keys;
        _expected.HasAccelerometer = true;
        _expected.Motion = MotionAnalysis.Analyse(samples);
        var codes = new byte[RecordingDigests.MaxCount * RecordingAnchor.CodeLength];
        for (var i = RecordingDigests.Take(samples, codes) - 1; i >= 0; i--)
        {
            _expected.Pseudonymise(
                EntitySlot.Recording + i, codes.AsSpan(i * RecordingAnchor.CodeLength, RecordingAnchor.CodeLength));
        }
    }

    private void NoteEnum<T>(string name, T value)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            Note(name, DropCause.Malformed);
        }
    }

    private void NoteText(string name, int length, int limit, ConsentCategory category)
    {
        if (length > 0 && !_granted.Contains(category))
        {
            Note(name, DropCause.NoConsent);
        }
        else if (length > limit)
        {
            Note(name, DropCause.TooLong);
        }
    }

    private void NoteIdentifier(string name, EntityKind kind, string value, ConsentCategory category)
    {
        if (value.Length == 0)
        {
            return;
        }

        if (!_granted.Contains(category))
        {
            Note(name, DropCause.NoConsent);
            return;
        }

        switch (EntityPseudonyms.TryMake(_intake.Epoch, kind, Encoding.UTF8.GetBytes(value), out _))
        {
            case NormaliseStatus.Malformed:
                Note(name, DropCause.Malformed);
                break;
            case NormaliseStatus.TooLong:
                Note(name, DropCause.TooLong);
                break;
            case NormaliseStatus.NullValue or NormaliseStatus.EmulatorDefault:
                Note(name, DropCause.NullValue);
                break;
        }
    }
}
