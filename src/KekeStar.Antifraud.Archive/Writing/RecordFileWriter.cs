using System.IO.Compression;
using KekeStar.Antifraud.Archive.Files;
using Parquet;
using Parquet.Schema;

namespace KekeStar.Antifraud.Archive.Writing;

/// <summary>Writes the rows of one hour as a file of the archive.</summary>
internal sealed class RecordFileWriter
{
    private const int BufferBytes = 1024 * 1024;

    // Of the compressions the fastest: the file is read a few times and then merged into one that is compressed better.
    private static readonly ParquetOptions Options = MakeOptions();

    private readonly string _root;
    private readonly TimeProvider _time;

    /// <summary>Writes into an archive.</summary>
    /// <param name="root">The archive's folder.</param>
    /// <param name="time">Names the files.</param>
    public RecordFileWriter(string root, TimeProvider time)
    {
        _root = root;
        _time = time;
    }

    /// <summary>Writes a file of decisions; it is there as a whole or not at all.</summary>
    /// <param name="hour">The hour of all records.</param>
    /// <param name="columns">The records; at least one.</param>
    /// <exception cref="IOException">The disk did not take it.</exception>
    public Task<ArchiveFile> WriteAsync(ArchiveHour hour, RecordColumns columns) => WriteAsync(
        ArchiveFile.New(_root, hour, RecordSchema.Catalogue, isMerged: false, _time.GetUtcNow()),
        RecordSchema.Schema,
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [RecordSchema.VersionKey] = RecordSchema.Version,
            [RecordSchema.FeaturesKey] = RecordSchema.FeatureNames,
            [RecordSchema.SlotsKey] = RecordSchema.SlotNames,
        },
        columns.WriteAsync);

    /// <summary>Writes a file of outcomes; it is there as a whole or not at all.</summary>
    /// <param name="hour">The hour of all outcomes.</param>
    /// <param name="columns">The outcomes; at least one.</param>
    /// <exception cref="IOException">The disk did not take it.</exception>
    public Task<ArchiveFile> WriteAsync(ArchiveHour hour, OutcomeColumns columns) => WriteAsync(
        ArchiveFile.New(_root, hour, OutcomeSchema.Catalogue, isMerged: false, _time.GetUtcNow(), ArchiveKind.Outcomes),
        OutcomeSchema.Schema,
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [RecordSchema.VersionKey] = RecordSchema.Version,
            [OutcomeSchema.KindsKey] = OutcomeSchema.Kinds,
        },
        columns.WriteAsync);

    private static async Task<ArchiveFile> WriteAsync(
        ArchiveFile file, ParquetSchema schema, Dictionary<string, string> metadata, Func<ParquetRowGroupWriter, Task> write)
    {
        HiddenFile.MakeFolder(file.RecordsPath);
        try
        {
            await using (var stream = new FileStream(
                HiddenFile.Of(file.RecordsPath), FileMode.Create, FileAccess.ReadWrite, FileShare.None, BufferBytes))
            {
                await using var writer = await ParquetWriter.CreateAsync(schema, stream, Options);
                writer.CustomMetadata = metadata;
                using var group = writer.CreateRowGroup();
                await write(group);
            }

            file.Bytes = HiddenFile.Publish(file.RecordsPath);
            return file;
        }
        catch
        {
            HiddenFile.Discard(file.RecordsPath);
            throw;
        }
    }

    private static ParquetOptions MakeOptions()
    {
        var options = new ParquetOptions
        {
            CompressionMethod = CompressionMethod.Snappy,
            CompressionLevel = CompressionLevel.Fastest,
            DictionaryEncodingSampleSize = 1_024,
        };
        DataField[] words =
        [
            RecordSchema.Scene, RecordSchema.Verdict, RecordSchema.Challenge, RecordSchema.Policy, RecordSchema.PolicyHash,
            RecordSchema.Store, RecordSchema.List, RecordSchema.Label, RecordSchema.Rule, RecordSchema.ShadowRule,
            RecordSchema.Model, RecordSchema.ShadowModel, RecordSchema.Country, OutcomeSchema.Outcome,
        ];
        foreach (var word in words)
        {
            options.ColumnEncodingHints[string.Join('/', word.Path.ToList())] = EncodingHint.Dictionary;
        }

        return options;
    }
}
