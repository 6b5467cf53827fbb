using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Learning.Data;
using KekeStar.Antifraud.Scoring.Loading;
using KekeStar.Antifraud.Telemetry.Records;
using KekeStar.Antifraud.Tests.Archive;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Learning;

/// <summary>Writes made-up events into an archive as the service does, and what is true of them beside it.</summary>
internal static class LearningArchive
{
    // The queue of the archive holds 64 MiB.
    private const int Chunk = 2_000;

    /// <summary>Records events, passed without a rule unless the test says otherwise.</summary>
    public static void Write(ArchiveUnderTest archive, IEnumerable<LabelledEvent> events, Func<MadeDecision, MadeDecision>? change = null)
    {
        foreach (var chunk in events.Chunk(Chunk))
        {
            foreach (var e in chunk)
            {
                var made = new MadeDecision { Decision = e.Decision, At = TimeSpan.FromMilliseconds(e.TimeMilliseconds), Scene = e.Scene };
                Add(archive, e, change is null ? made : change(made));
            }

            Assert.True(archive.Writer.Flush());
            archive.Writer.KeepUp();
        }
    }

    /// <summary>Records a reported outcome.</summary>
    public static void Report(ArchiveUnderTest archive, long decision, Outcome outcome)
    {
        archive.Queue.Add(new OutcomeRecord
        {
            OutcomeTimeMilliseconds = archive.Clock.GetUtcNow().ToUnixTimeMilliseconds(),
            Decision = unchecked((ulong)decision),
            Outcome = outcome,
            IsLate = false,
            KeyEpoch = 1,
            Account = 1,
            OtherAccount = 0,
            Device = 0,
            Context = 0,
            Entities = [],
        });
        Assert.True(archive.Writer.Flush());
        archive.Writer.KeepUp();
    }

    /// <summary>Writes a file of labels.</summary>
    public static string Label(string path, IEnumerable<LabelledEvent> events)
    {
        using var engine = new DuckDbEngine(threads: 1, LearningLimits.ReadingMemoryBytes);
        using var connection = engine.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TEMP TABLE labels (decision BIGINT, abusive BOOLEAN, risk VARCHAR, actor VARCHAR, unseen BOOLEAN)";
        command.ExecuteNonQuery();
        using (var appender = connection.CreateAppender("labels"))
        {
            foreach (var e in events)
            {
                appender.CreateRow().AppendValue(e.Decision).AppendValue(e.IsAbusive).AppendValue(e.Risk is { } risk ? PolicyWords.WordOf(risk) : null)
                    .AppendValue(e.Actor).AppendValue(e.IsUnseen).EndRow();
            }
        }

        command.CommandText = $"COPY labels TO {DuckDbEngine.Quote(path)} (FORMAT parquet)";
        command.ExecuteNonQuery();
        return path;
    }

    private static void Add(ArchiveUnderTest archive, LabelledEvent e, MadeDecision made)
    {
        if (ArchiveUnderTest.Start + made.At > archive.Clock.GetUtcNow())
        {
            archive.Clock.SetUtcNow(ArchiveUnderTest.Start + made.At);
        }

        var call = ScoringCall.Rent();
        ArchiveUnderTest.Fill(call, made);
        e.Read(call.Features);
        archive.Queue.Add(call, TimeSpan.FromMicroseconds(made.DurationMicroseconds));
        call.Return();
    }
}
