using System.Net;
using CsCheck;
using KekeStar.Antifraud.Load.Traffic;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Load;

public sealed class RequestWriterTests
{
    private static readonly RequestWriter Writer = new(new TrafficShape(), run: 0x0123_4567_89ab_cdef);

    [Fact]
    public void Every_request_has_the_size_that_was_asked_for_and_parses()
        => Gen.ULong.Sample(number =>
        {
            ScoreRequest request = Parse(number);
            Assert.Equal(895, request.CalculateSize());
            Assert.Equal($"0123456789abcdef{number:x16}", request.EventId);
        });

    [Fact]
    public void Identifiers_are_valid_by_their_standards()
        => Gen.ULong.Sample(number =>
        {
            ScoreRequest request = Parse(number);
            Assert.Matches("^user[0-9]{12}$", request.AccountId);
            Assert.True(IPAddress.TryParse(request.ClientIp, out IPAddress? address) && address.ToString() == request.ClientIp);
            Assert.Matches("^[0-9]{15}$", request.Device.Imei);
            Assert.Equal(0, LuhnSum(request.Device.Imei) % 10);
            Assert.Matches("^[0-9a-f]{16}$", request.Device.AndroidId);
            Assert.True(Guid.TryParseExact(request.Device.Oaid, "D", out _));
            Assert.Matches("^([0-9a-f]{2}:){5}[0-9a-f]{2}$", request.Device.Bssid);
            Assert.Matches("^PJZ[0-9]{3}$", request.Device.Model);
            Assert.Equal(7, request.Consent.Granted.Count);
            Assert.Equal(request.Device.Accelerometer.TimeUs.Count, request.Device.Accelerometer.Z.Count);
        });

    [Fact]
    public void Ten_thousand_requests_have_ten_thousand_event_ids_and_the_mix_of_scenes()
    {
        ScoreRequest[] requests = [.. Enumerable.Range(0, 10_000).Select(static number => Parse((ulong)number))];

        Assert.Equal(10_000, requests.Select(static request => request.EventId).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(0.7, Share(requests, Scene.Login), 0.02);
        Assert.Equal(0.1, Share(requests, Scene.Register), 0.02);
        Assert.Equal(0.2, Share(requests, Scene.SendMessage), 0.02);
    }

    [Fact]
    public void An_account_keeps_its_network_and_mostly_its_device()
    {
        ScoreRequest[] busiest = [.. Enumerable.Range(0, 10_000).Select(static number => Parse((ulong)number)).Where(static request => request.AccountId == "user000000000000")];

        Assert.InRange(busiest.Length, 300, 600);
        Assert.Single(busiest.Select(static request => request.ClientIp).Distinct(StringComparer.Ordinal));
        Assert.Single(busiest.Select(static request => request.Device.Bssid).Distinct(StringComparer.Ordinal));
        int own = busiest.GroupBy(static request => request.Device.Imei, StringComparer.Ordinal).Max(static group => group.Count());
        Assert.InRange(own / (double)busiest.Length, 0.9, 0.99);
    }

    [Fact]
    public void A_number_gives_the_same_bytes_again_and_another_run_other_event_ids()
    {
        byte[] first = Bytes(Writer, 42);

        Assert.Equal(first, Bytes(Writer, 42));
        Assert.NotEqual(first, Bytes(new RequestWriter(new TrafficShape(), run: 1), 42));
    }

    [Fact]
    public void A_size_that_cannot_be_reached_is_refused()
        => Assert.Throws<ArgumentOutOfRangeException>(static () => new RequestTemplate(100));

    private static ScoreRequest Parse(ulong number) => ScoreRequest.Parser.ParseFrom(Bytes(Writer, number));

    private static byte[] Bytes(RequestWriter writer, ulong number)
    {
        byte[] bytes = new byte[writer.MessageSize];
        writer.Write(number, bytes);
        return bytes;
    }

    private static double Share(ScoreRequest[] requests, Scene scene) => requests.Count(request => request.Scene == scene) / (double)requests.Length;

    private static int LuhnSum(string digits)
        => digits.Reverse().Select(static (digit, place) => (digit - '0') * (1 + (place % 2))).Sum(static value => value > 9 ? value - 9 : value);
}
