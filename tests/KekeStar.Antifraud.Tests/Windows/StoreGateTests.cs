using System.Diagnostics.Metrics;
using KekeStar.Antifraud.Windows;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace KekeStar.Antifraud.Tests.Windows;

[Collection(nameof(AllocationCollection))]
public sealed class StoreGateTests : IDisposable
{
    private static readonly TimeSpan Plenty = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new();
    private readonly Meter _meter = new(StoreGateMetrics.MeterName);
    private readonly ScriptedStore _store = new();
    private readonly StoreGateOptions _options = new() { MaxOutstanding = 3 };
    private readonly Observation _observation = new();
    private readonly StoreGate _gate;

    public StoreGateTests() =>
        _gate = new StoreGate(_store, _options, new StoreGateMetrics(_meter), NullLogger<StoreGate>.Instance, _time);

    public void Dispose() => _meter.Dispose();

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(1.9, 0)]
    [InlineData(2, 2)]
    [InlineData(19, 19)]
    [InlineData(20, 20)]
    [InlineData(5_000, 20)]
    public async Task The_store_is_given_the_smaller_of_budget_and_time_out_and_nothing_below_the_minimum(double budget, double given)
    {
        var status = await _gate.ObserveAsync(_observation, TimeSpan.FromMilliseconds(budget));

        Assert.Equal(given == 0 ? StoreStatus.DeadlineExceeded : StoreStatus.Ok, status);
        Assert.Equal(given == 0 ? [] : [TimeSpan.FromMilliseconds(given)], _store.Timeouts);
    }

    [Fact]
    public async Task More_calls_than_allowed_at_once_are_overloaded_and_the_place_is_given_back()
    {
        _store.Pending = new TaskCompletionSource<StoreStatus>();
        var waiting = Enumerable.Range(0, 3).Select(_ => _gate.ObserveAsync(new Observation(), Plenty).AsTask()).ToArray();
        Assert.Equal(3, _gate.Outstanding);

        Assert.Equal(StoreStatus.Overloaded, await _gate.ObserveAsync(_observation, Plenty));
        _store.Pending.SetResult(StoreStatus.Partial);
        Assert.All(await Task.WhenAll(waiting), status => Assert.Equal(StoreStatus.Partial, status));

        _store.Pending = null;
        Assert.Equal(0, _gate.Outstanding);
        Assert.Equal(StoreStatus.Ok, await _gate.ObserveAsync(_observation, Plenty));
    }

    [Theory]
    [InlineData(StoreStatus.Timeout)]
    [InlineData(StoreStatus.Unavailable)]
    public async Task A_store_that_keeps_failing_is_asked_by_probes_only_until_one_succeeds(StoreStatus failure)
    {
        await FailAsync(failure);
        Assert.True(_gate.IsOpen);
        _store.Timeouts.Clear();

        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(StoreStatus.Unavailable, await _gate.ObserveAsync(_observation, Plenty));
        }

        Assert.Empty(_store.Timeouts);
        _time.Advance(_options.ProbeInterval);
        Assert.Equal(failure, await _gate.ObserveAsync(_observation, Plenty));
        Assert.Equal(StoreStatus.Unavailable, await _gate.ObserveAsync(_observation, Plenty));
        Assert.Single(_store.Timeouts);

        _store.Status = StoreStatus.Ok;
        _time.Advance(_options.ProbeInterval);
        Assert.Equal(StoreStatus.Ok, await _gate.ObserveAsync(_observation, Plenty));
        Assert.Equal(StoreStatus.Ok, await _gate.ObserveAsync(_observation, Plenty));
        Assert.False(_gate.IsOpen);
    }

    [Theory]
    [InlineData(StoreStatus.ReadOnly)]
    [InlineData(StoreStatus.Partial)]
    public async Task A_store_that_answers_less_than_all_is_still_asked(StoreStatus status)
    {
        await FailAsync(status);
        Assert.False(_gate.IsOpen);
        Assert.Equal(status, await _gate.ObserveAsync(_observation, Plenty));
    }

    [Fact]
    public async Task A_store_that_throws_gives_its_place_back()
    {
        _store.Error = new InvalidOperationException("a bug");
        for (var i = 0; i < 10; i++)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await _gate.ObserveAsync(_observation, Plenty));
        }

        Assert.Equal(0, _gate.Outstanding);
    }

    [Fact]
    public void A_store_that_answers_at_once_costs_no_allocation()
    {
        for (var i = 0; i < 100; i++)
        {
            _ = Observe();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var whole = 0;
        for (var i = 0; i < 1_000; i++)
        {
            whole += Observe() == StoreStatus.Ok ? 1 : 0;
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(1_000, whole);
        Assert.Equal(0, allocated);

        StoreStatus Observe()
        {
            var call = _gate.ObserveAsync(_observation, Plenty);
            return call.IsCompletedSuccessfully ? call.Result : StoreStatus.Unavailable;
        }
    }

    [Fact]
    public async Task Calls_are_counted_by_status()
    {
        var counted = new Dictionary<string, long>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (ReferenceEquals(instrument.Meter, _meter))
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => counted[(string)tags[0].Value!] = counted.GetValueOrDefault((string)tags[0].Value!) + value);
        listener.Start();

        await _gate.ObserveAsync(_observation, Plenty);
        await _gate.ObserveAsync(_observation, Plenty);
        await _gate.ObserveAsync(_observation, TimeSpan.Zero);

        Assert.Equal(new Dictionary<string, long>(StringComparer.Ordinal) { ["Ok"] = 2, ["DeadlineExceeded"] = 1 }, counted);
    }

    private async Task FailAsync(StoreStatus status)
    {
        _store.Status = status;
        for (var i = 0; i < _options.FailuresToOpen; i++)
        {
            Assert.Equal(status, await _gate.ObserveAsync(_observation, Plenty));
            _time.Advance(_options.FailingFor);
        }
    }

    private sealed class ScriptedStore : IWindowStore
    {
        public StoreStatus Status { get; set; }

        public TaskCompletionSource<StoreStatus>? Pending { get; set; }

        public Exception? Error { get; set; }

        public List<TimeSpan> Timeouts { get; } = new(capacity: 2_000);

        public ValueTask<StoreStatus> ObserveAsync(Observation observation, TimeSpan timeout)
        {
            if (Error is not null)
            {
                throw Error;
            }

            Timeouts.Add(timeout);
            return Pending is null ? new ValueTask<StoreStatus>(Status) : new ValueTask<StoreStatus>(Pending.Task);
        }

        public ValueTask<StoreStatus> AppendAsync(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value, TimeSpan timeToLive, TimeSpan timeout) =>
            throw new NotSupportedException();

        public ValueTask<StoreRead> ReadAsync(ReadOnlyMemory<byte> key, long start, TimeSpan timeout) =>
            throw new NotSupportedException();

        public ValueTask<StoreReplace> ReplaceAsync(
            ReadOnlyMemory<byte> key,
            ReadOnlyMemory<byte> expected,
            ReadOnlyMemory<byte> replacement,
            TimeSpan timeToLive,
            TimeSpan timeout) => throw new NotSupportedException();

        public ValueTask<StoreStatus> PingAsync(TimeSpan timeout) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => default;
    }
}
