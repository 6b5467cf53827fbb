using System.Buffers.Binary;

namespace KekeStar.Antifraud.Tests.Privacy;

/// <summary>
/// Searches memory for canaries in all their forms: the last eight bytes of each form are looked up at every place, and
/// what matches is compared whole.
/// </summary>
internal sealed class CanarySearch
{
    /// <summary>Longest form in memory, with room: hexadecimal in UTF-16 of 40 characters.</summary>
    public const int MaxFormBytes = 1024;

    private const int Window = sizeof(ulong);
    private const int MinHexRun = 2 * Window;
    private const int MinBase64Run = 11;

    private readonly FingerprintTable _table;

    /// <summary>Prepares the search for the canaries of calls.</summary>
    /// <param name="firstCall">The first call.</param>
    /// <param name="calls">How many.</param>
    public CanarySearch(int firstCall, int calls)
    {
        _table = new FingerprintTable(calls * Canary.Fields * CanaryForms.Names.Length);
        for (var number = firstCall * Canary.Fields; number < (firstCall + calls) * Canary.Fields; number++)
        {
            var canary = Canary.Of(number);
            for (var form = 0; form < CanaryForms.Names.Length; form++)
            {
                var bytes = CanaryForms.Of(canary, form);
                if (bytes.Length > 0)
                {
                    _table.Add(BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(bytes.Length - Window)), (number * CanaryForms.Names.Length) + form);
                }
            }
        }
    }

    /// <summary>What was found: number of the canary, form and reading.</summary>
    public HashSet<(int Canary, int Form, string View)> Found { get; } = [];

    /// <summary>Bytes searched.</summary>
    public long Searched { get; private set; }

    /// <summary>Searches a piece of memory. Forms across the border of two pieces need an overlap of <see cref="MaxFormBytes"/>.</summary>
    public void Search(ReadOnlySpan<byte> memory)
    {
        Searched += memory.Length;
        SearchEncoded(memory, "");
        var narrow = new byte[(memory.Length / 2) + 1];
        for (var phase = 0; phase < 2; phase++)
        {
            SearchEncoded(MemoryViews.Narrow(memory, phase, narrow), "UTF-16 ");
        }
    }

    /// <summary>Searches a file.</summary>
    public void SearchFile(string path)
    {
        // Shared, because a running store has it open.
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var buffer = new byte[4 << 20];
        var kept = 0;
        int read;
        while ((read = file.ReadAtLeast(buffer.AsSpan(kept), buffer.Length - kept, throwOnEndOfStream: false)) > 0)
        {
            var piece = buffer.AsSpan(0, kept + read);
            Search(piece);
            kept = Math.Min(MaxFormBytes, piece.Length);
            piece[^kept..].CopyTo(buffer);
        }
    }

    /// <summary>How many of each field, form and reading were found; for a test's message.</summary>
    public string Describe() => string.Join("; ", Found
        .GroupBy(static found => $"{(CanaryField)(found.Canary % Canary.Fields)} as {found.View}{CanaryForms.Names[found.Form]}", StringComparer.Ordinal)
        .OrderByDescending(static group => group.Count())
        .Select(static group => $"{group.Key}: {group.Count()}"));

    private void SearchEncoded(ReadOnlySpan<byte> view, string name)
    {
        SearchPlain(view, name);
        var decoded = new byte[view.Length];
        for (var run = MemoryViews.NextHex(view, 0, MinHexRun); run.Start.Value < view.Length; run = MemoryViews.NextHex(view, run.End.Value, MinHexRun))
        {
            for (var phase = 0; phase < 2; phase++)
            {
                SearchPlain(MemoryViews.DecodeHex(view[run], phase, decoded), name + "hex of ");
            }
        }

        for (var run = MemoryViews.NextBase64(view, 0, MinBase64Run); run.Start.Value < view.Length; run = MemoryViews.NextBase64(view, run.End.Value, MinBase64Run))
        {
            for (var phase = 0; phase < 4; phase++)
            {
                SearchPlain(MemoryViews.DecodeBase64(view[run], phase, decoded), name + "base64 of ");
            }
        }
    }

    private void SearchPlain(ReadOnlySpan<byte> view, string name)
    {
        for (var i = 0; i + Window <= view.Length; i++)
        {
            var key = BinaryPrimitives.ReadUInt64LittleEndian(view[i..]);
            if (_table.MayHold(key))
            {
                Compare(view[..(i + Window)], key, name);
            }
        }
    }

    private void Compare(ReadOnlySpan<byte> upToHere, ulong key, string name)
    {
        for (var slot = _table.Find(key, -1, out var number); slot >= 0; slot = _table.Find(key, slot, out number))
        {
            var (canary, form) = Math.DivRem(number, CanaryForms.Names.Length);
            if (upToHere.EndsWith(CanaryForms.Of(Canary.Of(canary), form)))
            {
                Found.Add((canary, form, name));
            }
        }
    }
}
