using KekeStar.Antifraud.Windows;
using Microsoft.Extensions.Time.Testing;

namespace KekeStar.Antifraud.Tests.Windows;

public sealed class StoreBreakerTests
{
    private static readonly TimeSpan FailingFor = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(100);

    private readonly FakeTimeProvider _time = new();
    private readonly StoreBreaker _breaker;

    public StoreBreakerTests() => _breaker = new StoreBreaker(3, FailingFor, ProbeInterval, _time);

    [Fact]
    public void Failures_within_one_pause_do_not_open_it()
    {
        for (var i = 0; i < 100; i++)
        {
            Assert.False(_breaker.Failed());
        }

        Assert.True(_breaker.TryEnter());
    }

    [Fact]
    public void It_opens_when_enough_failures_have_lasted_long_enough_and_says_so_once()
    {
        Assert.False(_breaker.Failed());
        _time.Advance(FailingFor);
        Assert.False(_breaker.Failed());
        Assert.True(_breaker.Failed());
        Assert.False(_breaker.Failed());
        Assert.True(_breaker.IsOpen);
        Assert.False(_breaker.TryEnter());
    }

    [Fact]
    public void A_success_in_between_starts_the_count_anew()
    {
        _breaker.Failed();
        _breaker.Failed();
        _time.Advance(FailingFor);
        Assert.False(_breaker.Succeeded());
        Assert.False(_breaker.Failed());
        Assert.False(_breaker.Failed());
        Assert.False(_breaker.Failed());
        Assert.False(_breaker.IsOpen);
    }

    [Fact]
    public void While_open_one_call_per_interval_passes_until_one_succeeds()
    {
        Open();
        for (var interval = 0; interval < 5; interval++)
        {
            Assert.False(_breaker.TryEnter());
            _time.Advance(ProbeInterval);
            Assert.True(_breaker.TryEnter());
            Assert.False(_breaker.TryEnter());
            Assert.False(_breaker.Failed());
        }

        Assert.True(_breaker.Succeeded());
        Assert.False(_breaker.IsOpen);
        Assert.True(_breaker.TryEnter());
        Assert.True(_breaker.TryEnter());
    }

    [Fact]
    public async Task Of_many_callers_at_once_one_is_the_probe()
    {
        Open();
        _time.Advance(ProbeInterval);
        var passed = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(_breaker.TryEnter)));
        Assert.Single(passed, true);
    }

    private void Open()
    {
        _breaker.Failed();
        _time.Advance(FailingFor);
        _breaker.Failed();
        _breaker.Failed();
        Assert.True(_breaker.IsOpen);
    }
}
