using System.Globalization;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Tests.Intake;
using KekeStar.Antifraud.Tests.Privacy;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows.Embedded;
using Xunit.Abstractions;

namespace KekeStar.Antifraud.Tests.Features;

/// <summary>
/// A farm that registers every half hour out of one /24, each time with a new device and account, from phones of one image with a few
/// apps more or less; and an office whose phones are of one image as well.
/// </summary>
public sealed class SlowFarmTests(ITestOutputHelper output)
{
    private static readonly string[] Rules =
    [
        "similar_registers_7d", "similar_around_the_clock", "similar_leads_its_cohort", "similar_does_nothing_else",
        "similar_even_pace", "similar_and_ip_register", "cohort_fills_prefix",
    ];

    [Fact]
    public async Task On_the_third_day_the_farm_is_challenged_by_several_rules_and_never_rejected()
    {
        await using var store = GarnetWindowStore.Open(new EmbeddedStoreOptions { MemoryBytes = 64L << 20 });
        await using var pipeline = new PipelineUnderTest(store);
        var random = new Random(3);
        var lastDay = new List<ScoreReply>();
        for (var number = 0; number < 3 * 48; number++)
        {
            pipeline.Clock.Advance(TimeSpan.FromMinutes(25 + (10 * random.NextDouble())));
            var reply = await pipeline.ScoreAsync(Phone(number, Scene.Register, Image(random, number), 1 + (number % 200)));
            Assert.NotEqual(Verdict.Reject, reply.Verdict);
            if (number >= 2 * 48)
            {
                lastDay.Add(reply);
            }
        }

        var found = lastDay.Count(static reply => reply.Verdict == Verdict.Challenge);
        var fired = Rules.Where(rule => lastDay.Exists(reply => reply.Reasons.Any(reason => reason.Rule == rule))).ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{found} of {lastDay.Count} challenged; scores {string.Join(' ', lastDay.Select(static reply => reply.Score).Distinct().Order())}; {string.Join(' ', fired)}"));
        Assert.InRange(found, lastDay.Count * 80 / 100, lastDay.Count);
        Assert.InRange(fired.Count, 4, Rules.Length);
    }

    [Fact]
    public async Task A_farm_that_sends_no_list_is_still_seen_by_its_model_in_its_network()
    {
        await using var store = GarnetWindowStore.Open(new EmbeddedStoreOptions { MemoryBytes = 64L << 20 });
        await using var pipeline = new PipelineUnderTest(store);
        var features = Array.Empty<double>();
        for (var number = 0; number < 60; number++)
        {
            pipeline.Clock.Advance(TimeSpan.FromMinutes(30));
            features = await pipeline.FeaturesAsync(Phone(number, Scene.Register, [], 1 + (number % 200)));
        }

        Assert.Equal((60, 1, 24), (Value(features, "cohort.prefix_registrations"), Value(features, "cohort.prefix_share"), Value(features, "cohort.prefix_hours")));
        Assert.Equal(double.NaN, Value(features, "similar.active_hours"));
    }

    [Fact]
    public async Task An_office_that_sets_up_its_phones_in_one_morning_and_uses_them_by_day_is_not_challenged()
    {
        await using var store = GarnetWindowStore.Open(new EmbeddedStoreOptions { MemoryBytes = 64L << 20 });
        await using var pipeline = new PipelineUnderTest(store);
        string[] image = [.. Enumerable.Range(0, 40).Select(static app => Text($"com.example.office{app}"))];

        // From noon in UTC, where the clock begins, to nine in the morning in China.
        pipeline.Clock.Advance(TimeSpan.FromHours(13));
        var random = new Random(4);
        var replies = new List<ScoreReply>();
        for (var phone = 0; phone < 30; phone++)
        {
            pipeline.Clock.Advance(TimeSpan.FromMinutes(-6 * Math.Log(1 - random.NextDouble())));
            replies.Add(await pipeline.ScoreAsync(Phone(phone, Scene.Register, image, 7)));
        }

        for (var day = 0; day < 3; day++)
        {
            pipeline.Clock.Advance(TimeSpan.FromHours(15));
            for (var login = 0; login < 60; login++)
            {
                pipeline.Clock.Advance(TimeSpan.FromMinutes(18 * random.NextDouble()));
                replies.Add(await pipeline.ScoreAsync(Phone(login % 30, Scene.Login, image, 7)));
            }
        }

        output.WriteLine(string.Join(' ', replies.Select(static reply => reply.Score)));
        Assert.All(replies, static reply => Assert.InRange(reply.Verdict, Verdict.Pass, Verdict.Review));
        Assert.All(replies[30..], static reply => Assert.Equal(Verdict.Pass, reply.Verdict));
    }

    private static double Value(double[] features, string name) => features[FeatureCatalogue.Find(name)!.Index];

    // 40 apps of the image but one, and one or two of nobody else's.
    private static string[] Image(Random random, int number) =>
    [
        .. Enumerable.Range(0, 40).Where(app => app != number % 40).Select(static app => Text($"com.example.image{app}")),
        .. Enumerable.Range(0, random.Next(1, 3)).Select(app => Text($"com.example.own{number}.app{app}")),
    ];

    private static ScoreRequest Phone(int number, Scene scene, string[] software, int host) => new()
    {
        EventId = Guid.NewGuid().ToString(),
        Scene = scene,
        AccountId = Text($"account-{number}"),
        ClientIp = Text($"198.51.100.{host}"),
        Consent = new Consent { Granted = { FullRequest.AllCategories() } },
        Device = new DeviceSignals
        {
            Platform = Platform.Android,
            Model = "PJZ110",
            Brand = "OnePlus",
            OsVersion = "14",
            OsBuild = "UKQ1.230924.001",
            AppVersion = "7.3.1",
            AndroidId = Text($"8f3c2b1a{(uint)number * 2_654_435_761:x8}"),
            Guid = Text($"6ba7b810-9dad-41d1-80b4-{(ulong)(uint)number * 40_503_917:x12}"),
            Software = { software },
        },
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
