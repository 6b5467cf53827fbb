using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Windows.Redis;

/// <summary>The windows over one Redis.</summary>
public sealed class RedisEventWindowsTests(SingleRedis redis) : EventWindowsOracleTests, IClassFixture<SingleRedis>
{
    private protected override IWindowStore Store => redis.Store;
}
