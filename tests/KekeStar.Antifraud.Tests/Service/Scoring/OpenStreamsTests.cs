using KekeStar.Antifraud.Service.Scoring;
using Microsoft.Extensions.Time.Testing;

namespace KekeStar.Antifraud.Tests.Service.Scoring;

public sealed class OpenStreamsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly OpenStreams _streams;

    public OpenStreamsTests() => _streams = new OpenStreams(_time);

    public void Dispose() => _streams.Dispose();

    [Fact]
    public void A_stop_without_streams_waits_for_nothing()
    {
        _streams.Begin();
        _streams.End();

        Assert.True(_streams.StoppingAsync(CancellationToken.None).IsCompletedSuccessfully);
        Assert.True(_streams.Ending.IsCancellationRequested);
    }

    [Fact]
    public async Task Connections_stay_open_until_the_callers_of_all_streams_had_time_to_read_their_end()
    {
        _streams.Begin();
        _streams.Begin();
        Assert.False(_streams.Ending.IsCancellationRequested);
        var stopping = _streams.StoppingAsync(CancellationToken.None);
        Assert.True(_streams.Ending.IsCancellationRequested);
        _streams.End();
        _time.Advance(OpenStreams.Farewell);
        Assert.False(stopping.IsCompleted);

        // The time begins somewhat later than the last stream ends, on another thread.
        _streams.End();
        await Task.Delay(TimeSpan.FromMilliseconds(50));
        Assert.False(stopping.IsCompleted);
        await Patience.UntilAsync(() =>
        {
            _time.Advance(OpenStreams.Farewell);
            return stopping.IsCompletedSuccessfully;
        });
    }

    [Fact]
    public async Task A_stream_that_begins_after_the_stop_ends_at_once_and_is_not_waited_for()
    {
        await _streams.StoppingAsync(CancellationToken.None);
        _streams.Begin();
        Assert.True(_streams.Ending.IsCancellationRequested);
        _streams.End();
    }

    [Fact]
    public async Task A_stream_that_does_not_end_is_left_when_the_time_of_the_stop_is_over()
    {
        using var over = new CancellationTokenSource();
        _streams.Begin();
        var stopping = _streams.StoppingAsync(over.Token);
        Assert.False(stopping.IsCompleted);

        await over.CancelAsync();
        await stopping.WaitAsync(Patience.Limit);
    }
}
