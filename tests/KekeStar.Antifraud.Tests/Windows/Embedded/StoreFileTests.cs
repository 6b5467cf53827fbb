using System.Runtime.InteropServices;
using KekeStar.Antifraud.Windows.Embedded;

namespace KekeStar.Antifraud.Tests.Windows.Embedded;

public sealed class StoreFileTests
{
    private const int SegmentSize = 4096;
    private const int Hidden = SegmentSize + 700;

    [Fact]
    public void What_is_hidden_reads_as_zeros_until_it_is_written_anew()
    {
        using var folder = new StoreFolder();
        using var file = new StoreFile(Path.Combine(folder.Path, "log"), writer: null);
        file.Initialize(SegmentSize);
        Write(file, 0, Filled(2 * SegmentSize, 1));

        file.HideFrom(Hidden);
        Assert.Equal(Filled(512, 1), Read(file, Hidden - 512, 512));
        Assert.Equal([.. Filled(188, 1), .. new byte[324]], Read(file, SegmentSize + 512, 512));
        Assert.Equal(new byte[512], Read(file, SegmentSize + 1024, 512));

        Write(file, SegmentSize, Filled(512, 2));
        Assert.Equal(new byte[512], Read(file, SegmentSize + 1024, 512));

        Write(file, SegmentSize + 512, Filled(512, 3));
        Assert.Equal(Filled(512, 3), Read(file, SegmentSize + 512, 512));
    }

    private static byte[] Filled(int length, byte value)
    {
        var bytes = new byte[length];
        bytes.AsSpan().Fill(value);
        return bytes;
    }

    private static void Write(StoreFile file, int address, byte[] bytes)
    {
        var source = Marshal.AllocHGlobal(bytes.Length);
        try
        {
            Marshal.Copy(bytes, 0, source, bytes.Length);
            for (var done = 0; done < bytes.Length;)
            {
                var length = Math.Min(bytes.Length - done, SegmentSize - ((address + done) % SegmentSize));
                file.WriteAsync(source + done, (ulong)(address + done), (uint)length, (error, _, _, _) => Assert.Equal(0u, error), new object());
                done += length;
            }
        }
        finally
        {
            Marshal.FreeHGlobal(source);
        }
    }

    private static byte[] Read(StoreFile file, int address, int length)
    {
        var destination = Marshal.AllocHGlobal(length);
        try
        {
            file.ReadAsync((ulong)address, destination, (uint)length, (error, _, _, _) => Assert.Equal(0u, error), new object());
            var bytes = new byte[length];
            Marshal.Copy(destination, bytes, 0, length);
            return bytes;
        }
        finally
        {
            Marshal.FreeHGlobal(destination);
        }
    }
}
