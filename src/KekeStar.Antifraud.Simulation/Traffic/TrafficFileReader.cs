using System.Runtime.CompilerServices;
using Parquet;
using Parquet.Schema;

namespace KekeStar.Antifraud.Simulation.Traffic;

/// <summary>Reads a traffic file, a row group at a time.</summary>
internal static class TrafficFileReader
{
    /// <summary>Reads the rows in their order.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="TrafficFileException">The file is none of this program's.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal static async IAsyncEnumerable<TrafficRow> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await using var stream = File.OpenRead(path);
        await using var reader = await OpenAsync(path, stream);
        for (var index = 0; index < reader.RowGroupCount; index++)
        {
            using var group = reader.OpenRowGroupReader(index);
            TrafficRow[] rows;
            try
            {
                rows = await ReadAsync(group, cancellation);
            }
            catch (Exception fault) when (IsOfContents(fault))
            {
                throw new TrafficFileException($"{path}: The file is damaged.");
            }

            foreach (var row in rows)
            {
                yield return row;
            }
        }
    }

    /// <summary>Number of rows, by the file's own account.</summary>
    /// <exception cref="TrafficFileException">The file is none of this program's.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal static async Task<long> CountAsync(string path)
    {
        await using var stream = File.OpenRead(path);
        await using var reader = await OpenAsync(path, stream);
        var rows = 0L;
        for (var index = 0; index < reader.RowGroupCount; index++)
        {
            using var group = reader.OpenRowGroupReader(index);
            rows += group.RowCount;
        }

        return rows;
    }

    // An IOException, of the disk or of the reader, has a message of its own that is shown.
    private static bool IsOfContents(Exception fault) => fault is not (IOException or OperationCanceledException);

    // A file begins and ends with "PAR1".
    private static async Task<bool> IsParquetAsync(Stream stream)
    {
        var ends = new byte[8];
        if (stream.Length < ends.Length)
        {
            return false;
        }

        await stream.ReadExactlyAsync(ends.AsMemory(0, 4));
        stream.Seek(-4, SeekOrigin.End);
        await stream.ReadExactlyAsync(ends.AsMemory(4, 4));
        stream.Seek(0, SeekOrigin.Begin);
        return ends.AsSpan().SequenceEqual("PAR1PAR1"u8);
    }

    private static async Task<ParquetReader> OpenAsync(string path, Stream stream)
    {
        if (!await IsParquetAsync(stream))
        {
            throw new TrafficFileException($"{path}: This is no Parquet file.");
        }

        ParquetReader reader;
        try
        {
            reader = await ParquetReader.CreateAsync(stream);
        }
        catch (Exception fault) when (IsOfContents(fault))
        {
            throw new TrafficFileException($"{path}: The file is damaged.");
        }

        if (reader.CustomMetadata.TryGetValue(TrafficSchema.VersionKey, out var version) && version == TrafficSchema.Version)
        {
            return reader;
        }

        await reader.DisposeAsync();
        throw new TrafficFileException($"{path}: This is no file of \"antifraud simulate\", or one of another version.");
    }

    private static async Task<TrafficRow[]> ReadAsync(ParquetRowGroupReader group, CancellationToken cancellation)
    {
        var count = checked((int)group.RowCount);
        var time = await ValuesAsync<long>(TrafficSchema.Time);
        var isReport = await ValuesAsync<bool>(TrafficSchema.IsReport);
        var number = await ValuesAsync<long>(TrafficSchema.Event);
        var message = new byte[]?[count];
        await group.ReadAsync(TrafficSchema.Message, message.AsMemory(), cancellationToken: cancellation);
        var actor = await TextsAsync(TrafficSchema.Actor);
        var abusive = await ValuesAsync<bool>(TrafficSchema.Abusive);
        var unseen = await ValuesAsync<bool>(TrafficSchema.Unseen);
        var risk = await TextsAsync(TrafficSchema.Risk);
        var condition = await ValuesAsync<int>(TrafficSchema.Condition);
        var slot = await ValuesAsync<long>(TrafficSchema.TokenSlot);
        return [.. Enumerable.Range(0, count).Select(row => new TrafficRow(
            time[row], isReport[row], number[row], message[row], actor[row] ?? "", abusive[row], unseen[row], risk[row], (OutcomeCondition)condition[row], slot[row]))];

        async Task<T[]> ValuesAsync<T>(DataField field)
            where T : struct
        {
            var values = new T[count];
            await group.ReadAsync(field, values.AsMemory(), cancellationToken: cancellation);
            return values;
        }

        async Task<string?[]> TextsAsync(DataField field)
        {
            var values = new string?[count];
            await group.ReadAsync(field, values.AsMemory(), cancellationToken: cancellation);
            return values;
        }
    }
}
