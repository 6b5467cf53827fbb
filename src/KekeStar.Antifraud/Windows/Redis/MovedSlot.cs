using System.Buffers.Text;
using System.Text;

namespace KekeStar.Antifraud.Windows.Redis;

/// <summary>What a server of a Cluster answers to a key that it does not hold: <c>MOVED 3999 127.0.0.1:6381</c>.</summary>
/// <param name="Slot">The slot, 0 to 16,383.</param>
/// <param name="Server">Who holds it, as <c>host:port</c>.</param>
internal readonly record struct MovedSlot(int Slot, string Server)
{
    /// <summary>Reads an error reply.</summary>
    /// <returns>False if it says something else.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out MovedSlot moved)
    {
        moved = default;
        var word = "MOVED "u8;
        if (!text.StartsWith(word)
            || !Utf8Parser.TryParse(text[word.Length..], out int slot, out var used)
            || slot is < 0 or >= KeySlot.Count)
        {
            return false;
        }

        moved = new MovedSlot(slot, Encoding.UTF8.GetString(text[(word.Length + used)..].Trim((byte)' ')));
        return true;
    }
}
