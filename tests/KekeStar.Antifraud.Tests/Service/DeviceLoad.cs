using System.Diagnostics;
using Grpc.Core;

namespace KekeStar.Antifraud.Tests.Service;

/// <summary>Many devices that send one event after the other, each counting what it sent and what was acknowledged.</summary>
internal sealed class DeviceLoad
{
    // Below the tail that the service reads, so that every count is exact.
    private const int MaxEvents = 200;

    private readonly Device[] _devices;
    private int _acknowledged;
    private long _stopped = long.MaxValue;

    public DeviceLoad(int devices) => _devices = [.. Enumerable.Range(0, devices).Select(_ => new Device(Requests.NewDevice()))];

    public IReadOnlyList<Device> Devices => _devices;

    /// <summary>Sends until the service is stopped by <paramref name="stop"/>, which is called once enough was acknowledged.</summary>
    public async Task RunAsync(V1.Antifraud.AntifraudClient client, int enough, Func<Task> stop)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sending = _devices.Select(device => Task.Run(() => SendAsync(client, device, enough, reached))).ToArray();
        var patience = Task.Delay(Patience.Limit);
        Assert.Same(reached.Task, await Task.WhenAny(reached.Task, patience, Task.WhenAll(sending)));
        Volatile.Write(ref _stopped, Stopwatch.GetTimestamp());
        await stop();
        await Task.WhenAll(sending);
    }

    /// <summary>Sends one more event of each device: it must count all that was acknowledged and nothing that was not sent.</summary>
    public async Task AssertCountedAsync(V1.Antifraud.AntifraudClient client)
    {
        foreach (var device in _devices)
        {
            var next = await client.ScoreAsync(Requests.Event(device.Id, "load"));
            Assert.Empty(next.Degraded);
            Assert.InRange(next.Value("device_events"), device.Acknowledged + 1, device.Sent + 1);
            if (device.Token is not null)
            {
                Assert.Equal(device.Token, next.DeviceToken);
            }
        }
    }

    private async Task SendAsync(V1.Antifraud.AntifraudClient client, Device device, int enough, TaskCompletionSource reached)
    {
        while (device.Sent < MaxEvents)
        {
            device.Sent++;
            var started = Stopwatch.GetTimestamp();
            try
            {
                var reply = await client.ScoreAsync(Requests.Event(device.Id, "load"));
                Assert.Empty(reply.Degraded);
                device.Acknowledged++;
                device.Token = reply.DeviceToken;
                if (Interlocked.Increment(ref _acknowledged) == enough)
                {
                    reached.TrySetResult();
                }
            }
            catch (RpcException failed)
            {
                device.FailedBeforeStop = started < Volatile.Read(ref _stopped);
                device.Failure = failed.Status;
                return;
            }
        }
    }

    /// <summary>One device and what became of its events.</summary>
    internal sealed class Device(string id)
    {
        public string Id { get; } = id;

        public int Sent { get; set; }

        public int Acknowledged { get; set; }

        public Google.Protobuf.ByteString? Token { get; set; }

        /// <summary>True if the call that failed was under way when the service was told to stop.</summary>
        public bool FailedBeforeStop { get; set; }

        public Status? Failure { get; set; }
    }
}
