using System.Runtime.InteropServices;
using KekeStar.Antifraud.Windows.Embedded;

namespace KekeStar.Antifraud.Tests.Windows.Embedded;

/// <summary>Pages are written in parts with rests between them, and nothing is lost or left waiting by that.</summary>
public sealed class StoreFileWriterTests
{
    private static readonly TimeSpan Ages = TimeSpan.FromHours(1);

    [Theory]
    [InlineData(1)]
    [InlineData(StoreFileWriter.PartBytes)]
    [InlineData(StoreFileWriter.PartBytes + 1)]
    [InlineData((3 * StoreFileWriter.PartBytes) - 1)]
    public async Task A_write_in_parts_is_the_whole_write(int length)
    {
        using var folder = new StoreFolder();
        using var writer = new StoreFileWriter();
        var rests = 0;
        writer.RestWhile(() =>
        {
            rests++;
            return false;
        });
        const int Offset = 4096;
        var path = Path.Combine(folder.Path, "log");
        var bytes = new byte[length];
        Random.Shared.NextBytes(bytes);

        var (error, written) = await Write(path, writer, bytes, Offset);

        Assert.Equal(0u, error);
        Assert.Equal((uint)length, written);
        Assert.Equal((length + StoreFileWriter.PartBytes - 1) / StoreFileWriter.PartBytes, rests);
        var file = await File.ReadAllBytesAsync(Directory.GetFiles(folder.Path).Single());
        Assert.Equal(Offset + length, file.Length);
        Assert.Equal(bytes, file[Offset..]);
    }

    [Fact]
    public void There_is_no_rest_until_the_store_allows_it()
    {
        using var writer = new StoreFileWriter();
        writer.Rest(Ages);
    }

    [Fact]
    public void There_is_no_rest_where_the_store_forbids_it()
    {
        using var writer = new StoreFileWriter();
        writer.RestWhile(() => false);
        writer.Rest(Ages);
    }

    [Fact]
    public async Task Closing_ends_a_rest_and_all_that_would_follow()
    {
        using var writer = new StoreFileWriter();
        var resting = new TaskCompletionSource();
        writer.RestWhile(() =>
        {
            resting.TrySetResult();
            return true;
        });
        var rest = Task.Factory.StartNew(
            () => writer.Rest(Ages), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await resting.Task;

        writer.Hurry();

        await rest;
        writer.Rest(Ages);
    }

    private static async Task<(uint Error, uint Written)> Write(string path, StoreFileWriter writer, byte[] bytes, int offset)
    {
        var done = new TaskCompletionSource<(uint, uint)>(TaskCreationOptions.RunContinuationsAsynchronously);
        var pinned = GC.AllocateUninitializedArray<byte>(bytes.Length, pinned: true);
        bytes.CopyTo(pinned, 0);
        using var file = new StoreFile(path, writer);
        file.WriteAsync(
            Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0),
            segmentId: 0,
            (ulong)offset,
            (uint)bytes.Length,
            (error, written, _, _) => done.SetResult((error, written)),
            new object());
        var result = await done.Task;
        GC.KeepAlive(pinned);
        return result;
    }
}
