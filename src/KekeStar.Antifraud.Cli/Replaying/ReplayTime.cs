using Google.Protobuf.WellKnownTypes;
using KekeStar.Antifraud.Intake;

namespace KekeStar.Antifraud.Cli.Replaying;

/// <summary>When the events of a replay are said to have happened.</summary>
internal static class ReplayTime
{
    /// <summary>
    /// Longest span that can be placed before now: the service's limit, less 5 minutes that the replay itself may take.
    /// </summary>
    public static readonly TimeSpan LongestSpan = IntakeLimits.MaxEventAge - TimeSpan.FromMinutes(5);

    /// <summary>The time that a line gives, in milliseconds of its file's clock; null: none.</summary>
    public static long? Of(ReplayEntry entry) =>
        entry.OffsetMilliseconds ?? (entry.Score?.EventTime ?? entry.Report?.OutcomeTime)?.ToDateTimeOffset().ToUnixTimeMilliseconds();

    /// <summary>
    /// Places an entry so that the file's last one is at <paramref name="now"/> and the distances stay. An entry
    /// without a time stays without: it happens when it arrives.
    /// </summary>
    /// <param name="entry">The entry; changed.</param>
    /// <param name="last">Latest time of the file, in the file's clock.</param>
    /// <param name="now">Where that one is placed.</param>
    public static void Place(ReplayEntry entry, long last, DateTimeOffset now)
    {
        if (Of(entry) is not { } time)
        {
            return;
        }

        var placed = Timestamp.FromDateTimeOffset(now - TimeSpan.FromMilliseconds(last - time));
        if (entry.Score is { } score)
        {
            score.EventTime = placed;
        }
        else
        {
            entry.Report!.OutcomeTime = placed;
        }
    }

    /// <summary>
    /// Makes the event new to the service: an event_id counts once in 7 days, so a second replay of the same ids
    /// would be taken for retries.
    /// </summary>
    /// <param name="entry">The entry; changed.</param>
    /// <param name="run">Mark of this run.</param>
    public static void Renew(ReplayEntry entry, string run)
    {
        if (entry.Score is { } score)
        {
            score.EventId += run;
        }
        else
        {
            entry.Report!.EventId += run;
        }
    }
}
