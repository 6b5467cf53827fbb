using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Redis;
using Microsoft.Extensions.Logging.Abstractions;

namespace KekeStar.Antifraud.Tests.Windows.Redis;

public sealed class RedisConnectionTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void What_the_hot_path_relies_on_cannot_be_configured_away()
    {
        var errors = new List<string>();
        var read = RedisConnection.Read(
            new RedisStoreOptions { Configuration = "a:1,b:2,defaultDatabase=3,abortConnect=true,allowAdmin=true" }, errors);

        Assert.Empty(errors);
        Assert.Equal(2, read.EndPoints.Count);
        Assert.Equal(0, read.DefaultDatabase);
        Assert.False(read.AbortOnConnectFail);
        Assert.False(read.AllowAdmin);
        Assert.False(read.IncludeDetailInExceptions);
        Assert.False(read.BacklogPolicy.QueueWhileDisconnected);
        Assert.Equal(TimeSpan.FromMilliseconds(100), read.HeartbeatInterval);
    }

    [Theory]
    [InlineData("a:1,$append=attach")]
    [InlineData("a:1,proxy=Twemproxy")]
    [InlineData("a:1,tunnel=http:b:2")]
    public void What_events_cannot_follow_is_refused(string configuration)
    {
        var errors = new List<string>();
        RedisConnection.Read(new RedisStoreOptions { Configuration = configuration }, errors);
        Assert.Single(errors);
    }

    [Fact]
    public async Task The_password_comes_from_the_first_line_of_a_file()
    {
        await File.WriteAllTextAsync(_file, "secret\nmore\n");
        var errors = new List<string>();
        var read = RedisConnection.Read(new RedisStoreOptions { User = "antifraud", PasswordFile = _file }, errors);

        Assert.Empty(errors);
        Assert.Equal(("antifraud", "secret"), (read.User, read.Password));
        Assert.Equal("secret", RedisConnection.ForMaintenance(read, new RedisStoreOptions()).Password);
    }

    [Fact]
    public void All_errors_come_at_once_and_none_repeats_a_secret()
    {
        var errors = new List<string>();
        RedisConnection.Read(
            new RedisStoreOptions
            {
                Configuration = "password=hunter2",
                PasswordFile = _file + ".missing",
                PasswordEnvironmentVariable = "ANTIFRAUD_NO_SUCH_VARIABLE",
                CertificateAuthorityFile = _file + ".missing",
            },
            errors);

        Assert.Equal(5, errors.Count);
        Assert.DoesNotContain(errors, error => error.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_user_who_may_do_no_more_than_the_store_needs_can_do_all_of_it()
    {
        await File.WriteAllTextAsync(_file, "secret");
        string[] rights =
        [
            "~w*", "~c*", "~l*", "~k*", "~p*", "+@connection", "+info", "+append", "+expire", "+getrange", "+set", "+get", "+strlen",
            "+watch", "+unwatch", "+multi", "+exec", "+discard", "+setex", "+unlink",
        ];
        await using var server = await RedisServerProcess.StartAsync(["--user", "antifraud", "on", ">secret", .. rights]);
        var options = RedisStores.PatientOptions(server.EndPoint);
        options.User = "antifraud";
        options.PasswordFile = _file;
        await using var store = await RedisWindowStore.ConnectAsync(options, NullLogger<RedisWindowStore>.Instance, TimeProvider.System);
        await Patience.UntilAsync(async () => await store.PingAsync(Patience.Limit) == StoreStatus.Ok);
        byte[] key = [WindowKey.Prefix, 1, 2, 3];
        byte[] value = [4, 5, 6];
        var observation = new Observation();
        observation.AddAppend(key, default(WindowRecord), WindowLimits.Retention, 0, -1);

        Assert.Equal(StoreStatus.Ok, await store.ObserveAsync(observation, Patience.Limit));
        Assert.Equal(StoreStatus.Ok, await store.AppendAsync(key, value, WindowLimits.Retention, Patience.Limit));
        var read = await store.ReadAsync(key, 0, Patience.Limit);
        Assert.Equal(WindowRecord.Length + value.Length, read.Value.Length);
        Assert.Equal(
            new StoreReplace(StoreStatus.Ok, true),
            await store.ReplaceAsync(key, read.Value, value, WindowLimits.Retention, Patience.Limit));
        Assert.Equal(
            new StoreReplace(StoreStatus.Ok, true),
            await store.ReplaceAsync(key, value, default, WindowLimits.Retention, Patience.Limit));
    }
}
