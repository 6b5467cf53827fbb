using KekeStar.Antifraud.Simulation.Traffic;

namespace KekeStar.Antifraud.Tests.Simulation.Traffic;

public sealed class TrafficFileTests : IDisposable
{
    private static readonly int[] Values = [1];

    private readonly TrafficFolder _folder = new();

    [Theory]
    [InlineData(1)]
    [InlineData(TrafficFileWriter.RowGroupRows)]
    [InlineData(TrafficFileWriter.RowGroupRows + 1)]
    public async Task What_was_written_is_read_again(int count)
    {
        var random = new Random(3);
        var rows = Enumerable.Range(1, count).Select(number =>
        {
            var message = new byte[random.Next(64)];
            random.NextBytes(message);
            return new TrafficRow(
                number, number % 2 == 0, number / 2, message, number % 3 == 0 ? "household" : "prober", number % 3 != 0, number % 5 == 0,
                number % 3 == 0 ? null : "bot", (OutcomeCondition)(number % 3), number % 7);
        }).ToList();
        await using (var writer = await TrafficFileWriter.BeginAsync(File.Create(_folder.Of("rows.parquet"))))
        {
            foreach (var row in rows)
            {
                await writer.WriteAsync(row);
            }

            await writer.CompleteAsync();
        }

        var read = await TrafficFolder.ReadAsync(_folder.Of("rows.parquet"));
        Assert.Equal(rows.Select(Text), read.Select(Text), StringComparer.Ordinal);
        Assert.Equal(count, await TrafficFileReader.CountAsync(_folder.Of("rows.parquet")));

        static string Text(TrafficRow row) => (row with { Message = default }) + Convert.ToHexString(row.Message.Span);
    }

    [Fact]
    public async Task A_file_that_is_no_parquet_is_refused_by_its_name()
    {
        await File.WriteAllTextAsync(_folder.Of("text.parquet"), "{\"group\":\"a\"}\n{\"group\":\"b\"}\n");

        var fault = await Assert.ThrowsAsync<TrafficFileException>(() => TrafficFileReader.CountAsync(_folder.Of("text.parquet")));

        Assert.Contains("text.parquet: This is no Parquet file.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parquet_file_of_something_else_is_refused()
    {
        var schema = new Parquet.Schema.ParquetSchema(new Parquet.Schema.DataField<int>("other"));
        await using (var file = File.Create(_folder.Of("other.parquet")))
        {
            await using var writer = await Parquet.ParquetWriter.CreateAsync(schema, file);
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<int>(schema.DataFields[0], Values);
        }

        await Assert.ThrowsAsync<TrafficFileException>(() => TrafficFileReader.CountAsync(_folder.Of("other.parquet")));
    }

    public void Dispose() => _folder.Dispose();
}
