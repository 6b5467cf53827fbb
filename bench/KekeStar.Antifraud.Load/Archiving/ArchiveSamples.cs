using KekeStar.Antifraud.Archive.Reading;

namespace KekeStar.Antifraud.Load.Archiving;

/// <summary>Decisions taken from an archive by chance, so that each question asks for something else that is there.</summary>
internal sealed class ArchiveSamples
{
    private const int Wanted = 400;
    private const int RowsOfPlace = 25;

    private readonly List<DecisionRow> _rows;
    private readonly List<DecisionRow> _suspects;
    private readonly GeneratedNumbers _numbers;

    private ArchiveSamples(DateTimeOffset from, DateTimeOffset to, List<DecisionRow> rows, List<DecisionRow> suspects, Overview whole, GeneratedNumbers numbers)
    {
        From = from;
        To = to;
        _rows = rows;
        _suspects = suspects;
        Whole = whole;
        _numbers = numbers;
    }

    /// <summary>Gets the archive's beginning.</summary>
    public DateTimeOffset From { get; }

    /// <summary>Gets its end.</summary>
    public DateTimeOffset To { get; }

    /// <summary>Gets all of it, summed up.</summary>
    public Overview Whole { get; }

    /// <summary>Takes samples.</summary>
    /// <exception cref="InvalidOperationException">The archive has no decisions, or does not answer.</exception>
    public static async Task<ArchiveSamples> TakeAsync(DecisionArchive archive, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        var numbers = new GeneratedNumbers(7);
        var rows = new List<DecisionRow>();
        var suspects = new List<DecisionRow>();
        for (int place = 0; place < Wanted / RowsOfPlace; place++)
        {
            DateTimeOffset at = from + ((to - from) * numbers.Share());
            var page = await archive.SearchAsync(new DecisionFilter { From = from, To = at }, RowsOfPlace, after: null, cancellation);
            rows.AddRange(page.Value.Rows);
            page = await archive.SearchAsync(new DecisionFilter { From = from, To = at, MinScore = ArchiveQuery.Suspicious }, RowsOfPlace, after: null, cancellation);
            suspects.AddRange(page.Value.Rows.Where(static row => row.Account is not null));
        }

        var whole = await archive.OverviewAsync(from, to, cancellation);
        return whole.IsAnswered && rows.Exists(static row => row.Account is not null) && suspects.Count > 0
            ? new ArchiveSamples(from, to, rows, suspects, whole.Value, numbers)
            : throw new InvalidOperationException("The archive holds no decisions, none with a high score, or does not answer.");
    }

    /// <summary>Gives one of them.</summary>
    public DecisionRow Row() => _rows[_numbers.Below(_rows.Count)];

    /// <summary>Gives one with an entity, as a filter.</summary>
    public EntityFilter Entity(ArchiveEntity entity)
    {
        while (true)
        {
            DecisionRow row = Row();
            long? id = entity switch
            {
                ArchiveEntity.Account => row.Account,
                ArchiveEntity.Device => row.Device,
                ArchiveEntity.Ip => row.Ip,
                ArchiveEntity.IpPrefix => row.IpPrefix,
                ArchiveEntity.Bssid => row.Bssid,
                _ => row.Cohort,
            };
            if (id is { } known)
            {
                return new EntityFilter(entity, [known]);
            }
        }
    }

    /// <summary>Gives the account of one with a high score.</summary>
    public EntityFilter Suspect() => new(ArchiveEntity.Account, [_suspects[_numbers.Below(_suspects.Count)].Account!.Value]);

    /// <summary>Gives an account that was never seen.</summary>
    public EntityFilter Stranger() => new(ArchiveEntity.Account, [unchecked((long)_numbers.Next())]);

    /// <summary>Gives a label: often or seldom seen.</summary>
    public string Label(bool isRare) => isRare ? Whole.Labels[^1].Name : Whole.Labels[0].Name;

    /// <summary>Gives a range of the last days.</summary>
    public DecisionFilter Last(TimeSpan range) => new() { From = To - range, To = To };

    /// <summary>Gives a place by chance, as far down a list as it may be.</summary>
    public DecisionCursor Cursor() => Row().Cursor;
}
