using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Windows.Redis;

/// <summary>Which replies a connection has to bring next: those of a round's entries on one server, from one on.</summary>
/// <param name="Round">The round; null: one reply that nobody waits for.</param>
/// <param name="Server">The server's number, as the round knows it.</param>
[StructLayout(LayoutKind.Auto)]
internal record struct RoundPosition(RedisRound? Round, int Server)
{
    /// <summary>The entry whose replies come next; −1: none has begun.</summary>
    public int Entry { get; set; } = -1;

    /// <summary>The replies that the entry still waits for.</summary>
    public EntrySteps Open { get; set; }

    /// <summary>The reply that comes next.</summary>
    public readonly EntrySteps Next => Open & (EntrySteps)(-(int)Open);

    /// <summary>Notes that the next reply has come.</summary>
    public void Advance() => Open &= ~Next;
}
