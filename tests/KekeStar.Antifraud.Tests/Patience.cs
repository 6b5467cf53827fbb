using System.Diagnostics;

namespace KekeStar.Antifraud.Tests;

/// <summary>
/// How long tests wait for what must come. It bounds what would else hang and is never part of what a fact says: the suite
/// runs on machines that do ten other things, where anything may take a hundred times as long as alone.
/// </summary>
internal static class Patience
{
    /// <summary>Two minutes: nothing that a test waits for takes longer on the busiest machine, and much less than the quarter of an hour after which the run is given up.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits until something is so.</summary>
    /// <param name="condition">Looked at again and again.</param>
    /// <param name="otherwise">What the failure says; null: that it did not become so.</param>
    public static async Task UntilAsync(Func<Task<bool>> condition, Func<string>? otherwise = null)
    {
        var since = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(since.Elapsed < Limit, otherwise?.Invoke() ?? "What the test waits for did not come.");
            await Task.Delay(BetweenLooks);
        }
    }

    /// <inheritdoc cref="UntilAsync(Func{Task{bool}}, Func{string}?)"/>
    public static Task UntilAsync(Func<bool> condition, Func<string>? otherwise = null) => UntilAsync(() => Task.FromResult(condition()), otherwise);
}
