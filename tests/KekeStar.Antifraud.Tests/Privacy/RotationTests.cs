using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Google.Protobuf;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Tests.Scoring;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Embedded;
using Xunit.Abstractions;

namespace KekeStar.Antifraud.Tests.Privacy;

/// <summary>
/// Keys rotate without losing windows: months of the same traffic with three rotations and with none get the same answers, thresholds
/// that are moved by pseudonyms apart.
/// ROTATION_EVENTS makes it longer (1500000: a million events, some minutes).
/// </summary>
public sealed class RotationTests(ITestOutputHelper output)
{
    private const int Rotations = 3;

    private static readonly TimeSpan Quiet = TimeSpan.FromDays(3);

    [Fact]
    public async Task Three_rotations_change_no_verdict_and_no_score()
    {
        var events = int.Parse(Environment.GetEnvironmentVariable("ROTATION_EVENTS") ?? "30000", CultureInfo.InvariantCulture);

        // Nothing expires meanwhile, since the stores have clocks of their own.
        var memory = Math.Max(256L << 20, events * 4096L);
        await using var rotatedStore = GarnetWindowStore.Open(new EmbeddedStoreOptions { MemoryBytes = memory });
        await using var constantStore = GarnetWindowStore.Open(new EmbeddedStoreOptions { MemoryBytes = memory });
        var begin = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
        var period = KeySchedule.RotationDuration + Quiet;
        using var first = Epoch(1);
        var ring = new KeyRing(Enumerable.Range(0, Rotations + 1).Select(number =>
            (number == 0 ? first : Epoch((byte)(number + 1)), number == 0 ? null : (DateTimeOffset?)(begin + Quiet + ((number - 1) * period)))));
        using var policies = TestPolicies.Source(TestPolicies.WithoutJitter());
        var rotated = new RotationWorld(new PipelineUnderTest(rotatedStore, keys: ring, policies: policies));
        var constant = new RotationWorld(new PipelineUnderTest(constantStore, keys: new KeyRing(new KeySet(Epoch(9))), policies: policies));
        await using (rotated)
        await using (constant)
        {
            await rotated.StartAsync();
            await constant.StartAsync();
            int scored = 0, reported = 0, different = 0;
            var verdicts = new int[(int)Verdict.Reject + 1];
            var started = Stopwatch.GetTimestamp();
            foreach (var step in new RotationTraffic(seed: 1, begin, (Rotations * period) + Quiet, events).Steps())
            {
                var one = rotated.TakeAsync(step);
                var other = constant.TakeAsync(step);
                var (with, without) = (await one, await other);
                if (with is null || without is null)
                {
                    reported++;
                    continue;
                }

                scored++;
                verdicts[(int)without.Verdict]++;
                if (!Answer(with).Equals(Answer(without), StringComparison.Ordinal) && ++different <= 5)
                {
                    output.WriteLine($"{step.At:u} {step.Request}{Environment.NewLine}  with:    {Answer(with)}{Environment.NewLine}  without: {Answer(without)}");
                }
            }

            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{scored} events and {reported} reports, {Rotations} rotations: {different} different answers; PASS {verdicts[1]}, REVIEW {verdicts[2]}, CHALLENGE {verdicts[3]}, REJECT {verdicts[4]}; {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s"));
            Assert.Equal(0, different);
            Assert.True(scored >= events / 2, "The traffic is too short.");
            Assert.All(verdicts[1..], static count => Assert.True(count > 0, "A verdict never occurs: nothing is tested."));
            var states = ring.Status(rotated.Now);
            Assert.Equal([KeyEpochRole.Expired, KeyEpochRole.Expired, KeyEpochRole.Expired, KeyEpochRole.Current], states.Select(static state => state.Role));

            // What the operator does with expired epochs; nothing can be made of their keys any more.
            first.Dispose();
            Assert.Throws<ObjectDisposedException>(() => first.Pseudonymise(EntityKind.Account, "person-1"u8));
        }
    }

    private static KeyEpoch Epoch(byte number) => new(number, SHA256.HashData([number]));

    // All but the device token, which is made of pseudonyms, and the note that one from an epoch that is gone was not used.
    private static string Answer(ScoreReply reply)
    {
        var answer = reply.Clone();
        answer.DeviceToken = ByteString.Empty;
        answer.DroppedSignals.Clear();
        foreach (var reason in answer.Reasons.Where(static reason => reason.AtLeast))
        {
            // A lower bound; how low depends on when the log was last trimmed, also without a rotation.
            reason.Value = 0;
        }

        return answer.ToString();
    }

    /// <summary>A service and the apps that talk to it, which keep the device tokens that it gives them.</summary>
    private sealed class RotationWorld(PipelineUnderTest pipeline) : IAsyncDisposable
    {
        private readonly Dictionary<int, ByteString> _tokens = [];

        public DateTimeOffset Now => pipeline.Clock.GetUtcNow();

        public Task StartAsync() => pipeline.Get<LogTrimmer>().StartAsync(CancellationToken.None);

        public async Task<ScoreReply?> TakeAsync(RotationStep step)
        {
            if (step.At > Now)
            {
                pipeline.Clock.SetUtcNow(step.At);
            }

            if (step.Outcome != Outcome.Unspecified)
            {
                await pipeline.ReportAsync(step.Request, step.Outcome);
                return null;
            }

            var request = step.Request.Clone();
            if (_tokens.TryGetValue(step.Client, out var token))
            {
                request.DeviceToken = token;
            }

            var reply = await pipeline.ScoreAsync(request, Now - (step.EventTime ?? step.At));
            if (step.Client >= 0 && !reply.DeviceToken.IsEmpty)
            {
                _tokens[step.Client] = reply.DeviceToken;
            }

            return reply;
        }

        public async ValueTask DisposeAsync()
        {
            await pipeline.Get<LogTrimmer>().StopAsync(CancellationToken.None);
            await pipeline.DisposeAsync();
        }
    }
}
