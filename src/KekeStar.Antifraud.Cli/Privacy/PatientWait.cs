using System.Diagnostics;

namespace KekeStar.Antifraud.Cli.Privacy;

/// <summary>Waits for an answer that may take a while, and says so.</summary>
internal static class PatientWait
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Further = TimeSpan.FromSeconds(10);

    /// <summary>Waits for a call; after a second, and every ten seconds, one line of errors says that it is being waited for.</summary>
    public static async Task UntilAsync(Terminal terminal, Task call)
    {
        var since = Stopwatch.StartNew();
        for (var pause = First; await Task.WhenAny(call, Task.Delay(pause)) != call; pause = Further)
        {
            await terminal.Error.WriteLineAsync(pause == First
                ? "Waiting. Erasures and withdrawals first wait 3 s, until every instance keeps to them …"
                : $"Waiting, {since.Elapsed.TotalSeconds:0} s …");
        }

        await call;
    }
}
