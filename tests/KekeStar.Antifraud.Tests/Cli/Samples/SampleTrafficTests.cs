using System.Net;
using System.Net.NetworkInformation;
using System.Text;
using Google.Protobuf;
using KekeStar.Antifraud.Cli.Replaying;
using KekeStar.Antifraud.Cli.Samples;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Cli.Samples;

public class SampleTrafficTests
{
    private static readonly ReplayEntry[] Entries = [.. SampleTraffic.File.Entries()];

    [Fact]
    public void The_shipped_file_is_what_the_generator_gives() =>
        Assert.Equal(SampleTraffic.Lines(), File.ReadAllLines(SampleTraffic.Path), StringComparer.Ordinal);

    [Fact]
    public void The_shipped_file_is_sound_small_and_short_enough_to_be_placed_before_now()
    {
        var survey = SampleTraffic.File.Survey();

        Assert.Empty(survey.Faults);
        Assert.True(survey.Last - survey.First < TimeSpan.FromHours(20).TotalMilliseconds);
        Assert.True(new FileInfo(SampleTraffic.Path).Length <= 1_000_000);
        Assert.Equal(Entries.Length, survey.Entries);
    }

    [Fact]
    public void Each_group_tells_its_story()
    {
        Assert.Equal(48, Accounts(SampleTraffic.Normal));
        Assert.Equal(12, Accounts(SampleTraffic.Refused));
        Assert.Equal(200, Accounts(SampleTraffic.Dormitory));
        Assert.Equal(60, Of(SampleTraffic.Gang).Count(e => e.Score!.Scene == Scene.Register));
        Assert.Equal(4, Of(SampleTraffic.Gang).Select(e => e.Score!.Device.Imei).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(60, Of(SampleTraffic.Gang).Select(e => e.Score!.Device.AndroidId).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(80, Of(SampleTraffic.Bot).Count(e => e.Score?.Scene == Scene.SendMessage));
        Assert.Equal(StolenAccount.FailedLogins, Of(SampleTraffic.Thief).Count(e => e.Report?.Outcome == Outcome.LoginFailed));
        Assert.Equal(
            StolenAccount.FailedLogins + StolenAccount.EventsAfterFailures, Of(SampleTraffic.Thief).Count(e => e.Score is not null));
    }

    [Fact]
    public void Who_refused_sends_no_identifier_and_no_consent() => Assert.All(Scores(SampleTraffic.Refused), request =>
    {
        Assert.Null(request.Consent);
        Assert.Equal(SampleDevices.WithoutOptional(request.Device), request.Device);
    });

    [Fact]
    public void Event_ids_are_unique_and_every_report_follows_its_event()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Assert.All(Entries, entry => Assert.True(entry.Score is null ? seen.Contains(entry.EventId) : seen.Add(entry.EventId)));
    }

    [Fact]
    public void Identifiers_are_valid_and_from_ranges_that_belong_to_nobody() => Assert.All(Scores(null), request =>
    {
        Assert.True(IsForDocuments(IPAddress.Parse(request.ClientIp)), "address");
        foreach (var imei in (string[])[request.Device.Imei, request.Device.Imei2])
        {
            Assert.True(imei.Length == 0 || (imei.StartsWith("00", StringComparison.Ordinal) && imei.Length == 15 && SampleIdentifiers.HasCheckDigit(imei)));
        }

        if (request.Device.Bssid.Length > 0)
        {
            Assert.Equal("00005E0053", PhysicalAddress.Parse(request.Device.Bssid).ToString()[..10]);
        }

        Assert.All(request.Device.Sims, sim =>
        {
            Assert.True(sim.Iccid.StartsWith("89999", StringComparison.Ordinal) && SampleIdentifiers.HasCheckDigit(sim.Iccid));
            Assert.StartsWith("00101", sim.Imsi, StringComparison.Ordinal);
        });
    });

    [Fact]
    public void Every_event_is_within_the_service_size_limit() =>
        Assert.All(Scores(null), request => Assert.True(request.CalculateSize() < 64 * 1024));

    [Theory]
    [InlineData("490154203237518", true)]
    [InlineData("490154203237519", false)]
    public void The_check_digit_is_that_of_the_standard(string digits, bool isValid) =>
        Assert.Equal(isValid, SampleIdentifiers.HasCheckDigit(digits));

    private static IEnumerable<ReplayEntry> Of(string group) => Entries.Where(e => e.Group == group);

    private static IEnumerable<ScoreRequest> Scores(string? group) =>
        Entries.Where(e => (group is null || e.Group == group) && e.Score is not null).Select(e => e.Score!);

    private static int Accounts(string group) => Of(group).Select(e => e.AccountId).Distinct(StringComparer.Ordinal).Count();

    // RFC 5737 and RFC 3849.
    private static bool IsForDocuments(IPAddress address) =>
        IPNetwork.Parse("192.0.2.0/24").Contains(address) || IPNetwork.Parse("198.51.100.0/24").Contains(address)
        || IPNetwork.Parse("203.0.113.0/24").Contains(address) || IPNetwork.Parse("2001:db8::/32").Contains(address);
}
