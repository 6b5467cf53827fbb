using System.Diagnostics;
using System.Globalization;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Features;

namespace KekeStar.Antifraud.Archive.Receipts;

/// <summary>Makes receipts out of archives' files: of one decision, or of all to see whether they are identical.</summary>
internal sealed class ReceiptDesk : IDisposable
{
    // How often progress is told: rows.
    private const int ProgressRows = 20_000;

    private readonly DuckDbEngine _engine = new(threads: 1, ArchiveLimits.ReadingMemoryBytes);
    private readonly ReadOnlyArchives _archives;
    private readonly ReceiptRows _rows;
    private readonly ReceiptSetup _setup;

    /// <summary>Reads archives.</summary>
    public ReceiptDesk(ReceiptSetup setup)
    {
        _setup = setup;
        _archives = new ReadOnlyArchives(_engine, setup.Archives);
        _rows = new ReceiptRows(_engine, _archives);
    }

    /// <summary>Makes one decision's receipt.</summary>
    /// <exception cref="ArchiveException">There is no such decision, its features are erased, or its policy is not at hand; the message says what to do.</exception>
    public Receipt Make(DecisionReference reference)
    {
        var (first, _, last) = _archives.Range(from: null, to: null);
        var found = _rows.Find(reference) ?? throw new ArchiveException(string.Create(
            CultureInfo.InvariantCulture,
            $"There is no decision {reference} in {_archives.Names}, with hours from {first:u} to {last:u}. "
            + $"It may be past its time, erased by a right, or not written yet; and each instance of the service has an archive of its own."));
        var row = found.Row;
        var features = new FeatureVector(FeatureCatalogue.Count);
        if (!found.Reader.TryRead(found.Blob.Span, features))
        {
            throw new ArchiveException(
                $"The features of the decision {reference} were erased by a right of the person that they were about. It cannot be derived again; verdict and score are still on record.");
        }

        var policy = _setup.Policies.Find(row.PolicyHash) ?? throw new ArchiveException(Unknown(row.Policy, row.PolicyHash));
        return Receipt.Of(row, features, found.Reader.Gone, policy) ?? throw new ArchiveException(
            $"This build does not know the scene '{row.Scene}' of the decision {reference}.");
    }

    /// <summary>Derives many again.</summary>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="ArchiveException">There are none, or a file cannot be read.</exception>
    public ReceiptReport Check(CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var (_, from, to) = _archives.Range(_setup.From, _setup.To);
        var tally = new ReceiptTally(_setup.Policies);
        var read = 0L;
        foreach (var decision in _rows.Read(from, to))
        {
            cancellation.ThrowIfCancellationRequested();
            if (read == _setup.Limit)
            {
                break;
            }

            tally.Add(decision);
            if (++read % ProgressRows == 0)
            {
                _setup.Progress(read);
            }
        }

        return read == 0
            ? throw new ArchiveException(string.Create(CultureInfo.InvariantCulture, $"No decision was made from {from:u} to {to:u}."))
            : tally.Report(Stopwatch.GetElapsedTime(started));
    }

    /// <summary>Says that a policy is not at hand, and what to do.</summary>
    public string Unknown(string version, string hash)
    {
        var text = $"The policy {version} (hash {hash}…) that decided is not at hand. Give its file, or the service's policy directory, with --policies.";
        return _setup.Policies.Faults.Count == 0
            ? text
            : $"{text} What is wrong with those given (a model's file is looked for in the folder of --models):{Environment.NewLine}{string.Join(Environment.NewLine, _setup.Policies.Faults)}";
    }

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();
}
