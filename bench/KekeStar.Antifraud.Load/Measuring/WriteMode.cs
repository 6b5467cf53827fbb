namespace KekeStar.Antifraud.Load.Measuring;

/// <summary>How calls are handed to the kernel. Only figures of one mode can be compared: servers need far less for coalesced ones.</summary>
internal enum WriteMode
{
    /// <summary>All calls of a connection that are due at a time go in one write, as from a busy gateway that batches.</summary>
    Coalesced,

    /// <summary>Each call goes in a write of its own, as from ordinary gRPC clients.</summary>
    Single,
}
