using System.Globalization;
using Google.Protobuf;
using KekeStar.Antifraud.Tests.Privacy;
using KekeStar.Antifraud.Windows.Embedded;
using Xunit.Abstractions;

namespace KekeStar.Antifraud.Tests.Identity.Linking;

/// <summary>
/// Tells devices in labelled traffic through the service's own hot path. LINKING_PHONES makes it larger (2000: with
/// 10,000 identical phones, as the acceptance has it).
/// </summary>
public sealed class DeviceLinkingTests(ITestOutputHelper output)
{
    private const double MinPrecision = 0.999;
    private const double MinRecall = 0.95;
    private const int IdenticalPhonesPerPhone = 5;

    [Fact]
    public async Task Devices_are_told_through_resets_spoofing_and_clones()
    {
        var phones = int.Parse(Environment.GetEnvironmentVariable("LINKING_PHONES") ?? "200", CultureInfo.InvariantCulture);
        var traffic = new LabelledTraffic(seed: 1, phones, phones * IdenticalPhonesPerPhone);
        var events = traffic.Events();
        await using var store = GarnetWindowStore.Open(new EmbeddedStoreOptions { MemoryBytes = Math.Max(256L << 20, events.Count * 8192L) });
        await using var pipeline = new PipelineUnderTest(store);
        var tokens = new Dictionary<int, ByteString>();
        var score = new LinkingScore();
        foreach (var labelled in events)
        {
            pipeline.Clock.SetUtcNow(labelled.At);
            labelled.Request.DeviceToken = tokens.GetValueOrDefault(labelled.Device, ByteString.Empty);
            var (device, token) = await pipeline.DeviceAsync(labelled.Request);
            score.Add(labelled.Group, labelled.Device, device);
            if (labelled.KeepsToken)
            {
                tokens[labelled.Device] = token;
            }
        }

        foreach (var line in score.Lines())
        {
            output.WriteLine(line);
        }

        // Where every identifier changed there is nothing to link by; and an event made of two people's is nobody's.
        var (precision, recall) = score.Of(static group => group is not (LabelledTraffic.Poison or LabelledTraffic.Unlinkable));
        var merges = traffic.Chained.Count(pair => score.FoundOf(pair.First).Keys.Intersect(score.FoundOf(pair.Second).Keys).Any());
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"all: {events.Count} events, precision {precision:0.00000}, recall {recall:0.0000}, {merges} chain merges of {traffic.Chained.Count} tried"));
        Assert.InRange(precision, MinPrecision, 1);
        Assert.InRange(recall, MinRecall, 1);
        Assert.Equal(0, merges);
        Assert.InRange(score.Of(static group => group == "identical phones").Precision, MinPrecision, 1);
    }
}
