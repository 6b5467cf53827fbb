using KekeStar.Antifraud.Windows.Embedded;
using KekeStar.Antifraud.Windows.Redis;

namespace KekeStar.Antifraud.Service.Stores;

/// <summary>Where the windows are kept.</summary>
public sealed class StoreOptions
{
    /// <summary>Which store. Default: embedded, which needs nothing installed.</summary>
    public StoreKind Kind { get; set; } = StoreKind.Embedded;

    /// <summary>Settings of the embedded store.</summary>
    public EmbeddedStoreOptions Embedded { get; set; } = new();

    /// <summary>Settings of the Redis store.</summary>
    public RedisStoreOptions Redis { get; set; } = new();
}

/// <summary>The two stores.</summary>
public enum StoreKind
{
    /// <summary>Microsoft.Garnet inside this process: for one instance.</summary>
    Embedded = 0,

    /// <summary>Redis 6.2 or later, Valkey, Garnet, or a Cluster of them: shared by any number of instances.</summary>
    Redis = 1,
}
