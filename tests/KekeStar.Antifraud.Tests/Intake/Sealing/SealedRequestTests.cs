using System.Text;
using CsCheck;
using Google.Protobuf;
using KekeStar.Antifraud.Client;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Tests.Wire;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Intake.Sealing;

/// <summary>An event is the same whether its identifiers are sealed or not.</summary>
public sealed class SealedRequestTests
{
    private static readonly int[] Sealable =
        [ScoreRequest.AccountIdFieldNumber, ScoreRequest.ClientIpFieldNumber, ScoreRequest.DeviceFieldNumber, ScoreRequest.DeviceTokenFieldNumber];

    private readonly IntakeUnderTest _intake = new();
    private readonly IdentifierSealer _sealer = SealingUnderTest.Sealer();

    [Fact]
    public void A_full_request_gives_the_same_event_sealed_and_unsealed()
    {
        var request = FullRequest.Make(_intake);
        var expected = _intake.Parse(request.ToByteArray());
        _sealer.Seal(request);
        AssertSame(expected, _intake.Parse(request.ToByteArray()));
        Assert.False(expected.Entity(EntitySlot.Device).IsNone);
    }

    [Fact]
    public void Any_signals_in_any_order_give_the_same_event_sealed_and_unsealed()
    {
        var compared = 0;
        Gen.Int.Sample(
            seed =>
            {
                var message = new RequestMaker(_intake, seed).Make();
                if (Seal(message, new Random(seed)) is not { } sealedMessage)
                {
                    return;
                }

                var expected = _intake.Parse(message);
                var actual = _intake.Parse(sealedMessage);
                Assert.Equal(expected.Error == RequestError.None, actual.Error == RequestError.None);
                if (expected.Error == RequestError.None)
                {
                    AssertSame(expected, actual);
                    Interlocked.Increment(ref compared);
                }
            },
            iter: 3_000);
        Assert.True(compared > 1_000);
    }

    [Fact]
    public void What_is_sealed_counts_behind_what_is_not_and_two_devices_are_joined()
    {
        var unsealed = new ScoreRequest
        {
            EventId = "e",
            Scene = Scene.Login,
            AccountId = "of the last",
            ClientIp = "203.0.113.7",
            Consent = new Consent { Granted = { FullRequest.AllCategories() } },
            Device = new DeviceSignals { Imei = "490154203237518", Model = "PJZ110", Software = { "de.robv.android.xposed.installer" } },
        };
        var request = unsealed.Clone();
        request.AccountId = "of the first";
        request.Device = new DeviceSignals { Model = "another", Software = { unsealed.Device.Software } };
        Put(request, new SealedSignals { AccountId = unsealed.AccountId, Device = new DeviceSignals { Imei = unsealed.Device.Imei, Model = unsealed.Device.Model } });
        AssertSame(_intake.Parse(unsealed.ToByteArray()), _intake.Parse(request.ToByteArray()));
    }

    [Fact]
    public void Consent_holds_for_what_is_sealed()
    {
        var request = Head();
        Put(request, new SealedSignals { Device = new DeviceSignals { Imei = "490154203237518" } });
        var actual = _intake.Parse(request.ToByteArray());
        Assert.True(actual.Entity(EntitySlot.Imei).IsNone);
        Assert.Equal([EventFacts.Note("imei", DropCause.NoConsent)], EventFacts.Notes(actual));
    }

    [Fact]
    public void Nothing_but_identifiers_is_read_out_of_a_seal()
    {
        var expected = _intake.Parse(Head().ToByteArray());
        var smuggler = new ScoreRequest
        {
            EventId = "another",
            Scene = Scene.Withdraw,
            Consent = new Consent { Granted = { FullRequest.AllCategories() } },
            ThirdParty = new ThirdPartyResults { VendorScore = 900 },
            ReasonLanguage = ReasonLanguage.English,
        };
        var request = Head();
        Put(request, SealedSignals.Parser.ParseFrom(smuggler.ToByteArray()));
        AssertSame(expected, _intake.Parse(request.ToByteArray()));
    }

    [Fact]
    public void Of_the_sealed_field_and_of_the_event_id_the_last_one_counts()
    {
        var first = _sealer.Seal(new SealedSignals { AccountId = "first" }.ToByteArray(), "e"u8);
        var second = _sealer.Seal(new SealedSignals { AccountId = "second" }.ToByteArray(), "e"u8);
        byte[] message =
        [
            .. WireBytes.Bytes(ScoreRequest.SealedIdentifiersFieldNumber, first),
            .. WireBytes.Bytes(ScoreRequest.SealedIdentifiersFieldNumber, second),
            .. new ScoreRequest { EventId = "not this one", Scene = Scene.Login }.ToByteArray(),
            .. WireBytes.Bytes(ScoreRequest.EventIdFieldNumber, "e"u8),
        ];
        AssertSame(_intake.Parse(new ScoreRequest { EventId = "e", Scene = Scene.Login, AccountId = "second" }.ToByteArray()), _intake.Parse(message));
        AssertSame(
            _intake.Parse(Head().ToByteArray()),
            _intake.Parse([.. message[..^3], .. WireBytes.Bytes(ScoreRequest.SealedIdentifiersFieldNumber, []), .. Head().ToByteArray()]));
    }

    [Fact]
    public void Every_fault_has_an_error_of_its_own()
    {
        var one = new SealedSignals { AccountId = "a" }.ToByteArray();
        AssertError(RequestError.SealedMalformed, new byte[10]);
        AssertError(RequestError.SealedNotOpened, _sealer.Seal(one, "another event"u8));
        AssertError(RequestError.SealedNotProtobuf, _sealer.Seal([0x0A, 5], "e"u8));
        AssertError(RequestError.SealedNotProtobuf, _sealer.Seal(WireBytes.Bytes(SealedSignals.DeviceFieldNumber, [0x0A, 5]), "e"u8), inReport: RequestError.None);
        AssertError(RequestError.SealedTooLarge, [SealedFormat.Version, .. new byte[SealedFormat.MaxPlaintextLength + SealedFormat.Overhead]]);
        AssertError(RequestError.AccountIdTooLong, _sealer.Seal(new SealedSignals { AccountId = new string('a', 129) }.ToByteArray(), "e"u8));
        using var unknown = new IdentifierSealer(99, SealingUnderTest.Key);
        AssertError(RequestError.SealedKeyUnknown, unknown.Seal(one, "e"u8));

        byte[] number = [.. Head().ToByteArray(), .. WireBytes.Number(ScoreRequest.SealedIdentifiersFieldNumber, 1)];
        Assert.Equal(RequestError.SealedWrongType, _intake.Parse(number).Error);
        byte[] noId = [.. new ScoreRequest { Scene = Scene.Login, SealedIdentifiers = ByteString.CopyFrom(_sealer.Seal(one, "e"u8)) }.ToByteArray()];
        Assert.Equal(RequestError.EventIdMissing, _intake.Parse(noId).Error);
    }

    [Fact]
    public void A_report_is_the_same_sealed_and_unsealed()
    {
        var report = new ReportRequest { EventId = "e", AccountId = "a", Outcome = Outcome.LoginFailed };
        var expected = _intake.Reports.Parse(report.ToByteArray());
        _sealer.Seal(report);
        var actual = _intake.Reports.Parse(report.ToByteArray());
        Assert.Equal(RequestError.None, actual.Error);
        Assert.False(actual.Account.IsNone);
        Assert.Equal((expected.Event, expected.Account), (actual.Event, actual.Account));

        report.EventId = "f";
        Assert.Equal(RequestError.SealedNotOpened, _intake.Reports.Parse(report.ToByteArray()).Error);
        byte[] number = [.. new ReportRequest { EventId = "e" }.ToByteArray(), .. WireBytes.Number(ReportRequest.SealedIdentifiersFieldNumber, 1)];
        Assert.Equal(RequestError.SealedWrongType, _intake.Reports.Parse(number).Error);
    }

    private static ScoreRequest Head() => new() { EventId = "e", Scene = Scene.Login };

    private static void AssertSame(ScoreEvent expected, ScoreEvent actual)
    {
        Assert.Equal(RequestError.None, actual.Error);
        Assert.Equal(EventFacts.Of(expected), EventFacts.Of(actual));
        Assert.Equal(EventFacts.Notes(expected), EventFacts.Notes(actual));
    }

    private void AssertError(RequestError expected, byte[] bytes, RequestError? inReport = null)
    {
        var request = Head();
        request.SealedIdentifiers = ByteString.CopyFrom(bytes);
        Assert.Equal(expected, _intake.Parse(request.ToByteArray()).Error);
        var report = new ReportRequest { EventId = "e", Outcome = Outcome.LoginFailed, SealedIdentifiers = request.SealedIdentifiers };
        Assert.Equal(inReport ?? expected, _intake.Reports.Parse(report.ToByteArray()).Error);
    }

    private void Put(ScoreRequest request, SealedSignals signals) => request.SealedIdentifiers =
        ByteString.CopyFrom(_sealer.Seal(signals.ToByteArray(), Encoding.UTF8.GetBytes(request.EventId)));

    /// <summary>Moves all sealable fields as they are into a seal that stands anywhere; null: the event id allows none.</summary>
    private byte[]? Seal(byte[] message, Random random)
    {
        var fields = WireBytes.Split(message);
        var eventId = fields.FindLast(field => field.Number == ScoreRequest.EventIdFieldNumber)?.Payload ?? [];
        byte[] plaintext = [.. fields.Where(field => Sealable.Contains(field.Number)).SelectMany(field => field.Raw)];
        if (eventId.Length is 0 or > IntakeLimits.MaxEventIdBytes || plaintext.Length > SealedFormat.MaxPlaintextLength)
        {
            return null;
        }

        var rest = fields.Where(field => !Sealable.Contains(field.Number)).Select(field => field.Raw).ToList();
        rest.Insert(random.Next(rest.Count + 1), WireBytes.Bytes(ScoreRequest.SealedIdentifiersFieldNumber, _sealer.Seal(plaintext, eventId)));
        return [.. rest.SelectMany(field => field)];
    }
}
