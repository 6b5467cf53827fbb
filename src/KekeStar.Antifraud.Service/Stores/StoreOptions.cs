using KekeStar.Antifraud.Windows.Embedded;
using KekeStar.Antifraud.Windows.Redis;

namespace KekeStar.Antifraud.Service.Stores;

/// <summary>Where the windows are kept.</summary>
public sealed class StoreOptions
{
    /// <summary>Which store. Default: embedded, which needs nothing installed.</summary>
    public StoreKind Kind { get; set; } = StoreKind.Embedded;

    /// <summary>Settings of the embedded store. Its folder is <c>data/windows</c> below the working directory unless set.</summary>
    public EmbeddedStoreOptions Embedded { get; set; } = new() { DataDirectory = Path.Combine("data", "windows") };

    /// <summary>Settings of the Redis store.</summary>
    public RedisStoreOptions Redis { get; set; } = new();
}

/// <summary>The stores.</summary>
public enum StoreKind
{
    /// <summary>Microsoft.Garnet inside this process, with its files on disk: for one instance.</summary>
    Embedded = 0,

    /// <summary>Redis 6.2 or later, Valkey, Garnet, or a Cluster of them: shared by any number of instances.</summary>
    Redis = 1,

    /// <summary>The embedded store without files: the windows are gone when the process ends. For tests and benchmarks.</summary>
    Memory = 2,
}
