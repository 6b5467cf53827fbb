using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Windows.Redis;

public sealed class SingleRedisConformanceTests(SingleRedis redis) : WindowStoreConformance, IClassFixture<SingleRedis>
{
    private protected override IWindowStore Store => redis.Store;

    private protected override async ValueTask<TimeSpan?> TimeToLiveAsync(byte[] key) => await redis.Reader.KeyTimeToLiveAsync(key);
}

public sealed class ClusterRedisConformanceTests(ClusterRedis redis) : WindowStoreConformance, IClassFixture<ClusterRedis>
{
    private protected override IWindowStore Store => redis.Store;

    private protected override async ValueTask<TimeSpan?> TimeToLiveAsync(byte[] key) => await redis.Reader.KeyTimeToLiveAsync(key);
}

public sealed class SocketGarnetConformanceTests(SocketGarnet garnet) : WindowStoreConformance, IClassFixture<SocketGarnet>
{
    private protected override IWindowStore Store => garnet.Store;

    private protected override async ValueTask<TimeSpan?> TimeToLiveAsync(byte[] key) => await garnet.Reader.KeyTimeToLiveAsync(key);
}
