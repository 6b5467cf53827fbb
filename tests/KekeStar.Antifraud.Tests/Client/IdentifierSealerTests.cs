using System.Buffers.Binary;
using Google.Protobuf;
using KekeStar.Antifraud.Client;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Tests.Intake.Sealing;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Client;

public sealed class IdentifierSealerTests
{
    private readonly IdentifierSealer _sealer = SealingUnderTest.Sealer();

    [Fact]
    public void The_identifiers_of_an_event_move_into_the_sealed_field_and_nothing_else_does()
    {
        var request = Event();
        var before = request.Clone();
        _sealer.Seal(request);

        var opened = SealedSignals.Parser.ParseFrom(Open(request.SealedIdentifiers, request.EventId));
        Assert.Equal(
            new SealedSignals { AccountId = before.AccountId, ClientIp = before.ClientIp, Device = before.Device, DeviceToken = before.DeviceToken },
            opened);
        before.AccountId = "";
        before.ClientIp = "";
        before.Device = null;
        before.DeviceToken = ByteString.Empty;
        before.SealedIdentifiers = request.SealedIdentifiers;
        Assert.Equal(before, request);
    }

    [Fact]
    public void The_account_of_a_report_moves_into_the_sealed_field()
    {
        var report = new ReportRequest { EventId = "e", AccountId = "a", Outcome = Outcome.LoginFailed };
        _sealer.Seal(report);

        Assert.Equal(new SealedSignals { AccountId = "a" }, SealedSignals.Parser.ParseFrom(Open(report.SealedIdentifiers, "e")));
        report.SealedIdentifiers = ByteString.Empty;
        Assert.Equal(new ReportRequest { EventId = "e", Outcome = Outcome.LoginFailed }, report);
    }

    [Fact]
    public void A_request_without_identifiers_stays_as_it_is()
    {
        var request = new ScoreRequest { Scene = Scene.Login };
        var report = new ReportRequest();
        _sealer.Seal(request);
        _sealer.Seal(report);
        Assert.Equal(new ScoreRequest { Scene = Scene.Login }, request);
        Assert.Equal(new ReportRequest(), report);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void Without_an_event_id_that_the_service_takes_nothing_is_sealed_and_nothing_changed(string eventId)
    {
        var request = Event();
        request.EventId = eventId;
        var before = request.Clone();
        var failure = Assert.Throws<ArgumentException>(() => _sealer.Seal(request));
        Assert.StartsWith($"event_id has {eventId.Length} bytes; 1 to 64 are allowed.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, request);
    }

    [Fact]
    public void Sealing_twice_is_refused_because_the_first_seal_would_be_lost()
    {
        var request = Event();
        _sealer.Seal(request);
        request.AccountId = "another";
        var before = request.Clone();
        Assert.Throws<InvalidOperationException>(() => _sealer.Seal(request));
        Assert.Equal(before, request);
    }

    [Fact]
    public void A_device_over_16_KiB_is_refused_and_its_lists_may_stand_beside_it()
    {
        var request = Event();
        request.Device.Software.AddRange(Enumerable.Repeat(new string('a', 100), 200));
        var failure = Assert.Throws<ArgumentException>(() => _sealer.Seal(request));
        Assert.Contains("16384 are allowed", failure.Message, StringComparison.Ordinal);
        Assert.Equal(200, request.Device.Software.Count);

        request.Device.Software.Clear();
        request.Device.Software.AddRange(Enumerable.Repeat(new string('a', 100), 150));
        _sealer.Seal(request);
        Assert.Equal(150, SealedSignals.Parser.ParseFrom(Open(request.SealedIdentifiers, request.EventId)).Device.Software.Count);
    }

    [Fact]
    public void From_many_threads_every_nonce_is_another_and_every_message_opens()
    {
        var opener = SealingUnderTest.Opener();
        var counts = new System.Collections.Concurrent.ConcurrentDictionary<ulong, bool>();
        Parallel.For(0, 4_000, number =>
        {
            var plaintext = BitConverter.GetBytes(number);
            var bytes = _sealer.Seal(plaintext, "e"u8);
            Assert.True(counts.TryAdd(BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(SealedFormat.NonceOffset)), true));
            var opened = new byte[4];
            Assert.Equal(RequestError.None, opener.Open(bytes, "e"u8, opened));
            Assert.Equal(plaintext, opened);
        });
    }

    [Fact]
    public void Two_sealers_of_one_key_have_salts_of_their_own()
    {
        using var other = SealingUnderTest.Sealer();
        var first = _sealer.Seal("x"u8, "e"u8);
        var second = other.Seal("x"u8, "e"u8);
        Assert.NotEqual(first[SealedFormat.SaltOffset..SealedFormat.NonceOffset], second[SealedFormat.SaltOffset..SealedFormat.NonceOffset]);
        Assert.Equal(first[..SealedFormat.SaltOffset], second[..SealedFormat.SaltOffset]);
        Assert.Equal(SealedFormat.Overhead + 1, first.Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_key_of_another_length_is_refused(int length) =>
        Assert.Throws<ArgumentException>(() => new IdentifierSealer(1, new byte[length]));

    private static ScoreRequest Event() => new()
    {
        EventId = "0d9c2f1e",
        Scene = Scene.Login,
        AccountId = "account-42",
        ClientIp = "203.0.113.7",
        Consent = new Consent { Granted = { ConsentCategory.DeviceIdentifiers } },
        Device = new DeviceSignals { AndroidId = "8f3c2b1a9d7e6f50", Model = "PJZ110" },
        ThirdParty = new ThirdPartyResults { VendorScore = 5 },
        DeviceToken = ByteString.CopyFromUtf8("token"),
        ReasonLanguage = ReasonLanguage.English,
    };

    private static byte[] Open(ByteString bytes, string eventId)
    {
        var opened = new byte[bytes.Length - SealedFormat.Overhead];
        Assert.Equal(RequestError.None, SealingUnderTest.Opener().Open(bytes.Span, System.Text.Encoding.UTF8.GetBytes(eventId), opened));
        return opened;
    }
}
