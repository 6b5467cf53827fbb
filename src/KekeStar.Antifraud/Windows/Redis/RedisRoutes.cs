namespace KekeStar.Antifraud.Windows.Redis;

/// <summary>Which server holds which key, as far as known.</summary>
/// <param name="Servers">All servers; a server keeps its number.</param>
/// <param name="Single">Number of the server that holds all keys; of a Cluster −1.</param>
/// <param name="ServerOfSlot">For each slot of a Cluster the number of its primary, or −1; else empty.</param>
/// <param name="EpochOfSlot">For each slot the configuration epoch of its primary's claim, or −1; else empty.</param>
internal sealed record RedisRoutes(RedisLink[] Servers, int Single, short[] ServerOfSlot, long[] EpochOfSlot)
{
    /// <summary>Number of no server.</summary>
    public const short NoServer = -1;

    /// <summary>True if the single server is a replica: it is read and never written to, even if it would let one.</summary>
    public bool IsReplica { get; init; }

    /// <summary>True if the keys are spread over a Cluster.</summary>
    public bool IsCluster => ServerOfSlot.Length > 0;

    /// <summary>Number of the server that holds the key; −1: none is known.</summary>
    public int ServerOf(ReadOnlySpan<byte> key) =>
        ServerOfSlot.Length == 0 ? Single : Volatile.Read(ref ServerOfSlot[KeySlot.Of(key)]);

    /// <summary>True if the key space is routed alike.</summary>
    public bool RoutesLike(RedisRoutes other) =>
        Servers.Length == other.Servers.Length
        && Single == other.Single
        && IsReplica == other.IsReplica
        && ServerOfSlot.AsSpan().SequenceEqual(other.ServerOfSlot)
        && EpochOfSlot.AsSpan().SequenceEqual(other.EpochOfSlot);
}
