namespace KekeStar.Antifraud.Tests;

/// <summary>Runs work that blocks on a thread of its own, so that no thread of the pool is missing to what it waits for.</summary>
internal static class OwnThread
{
    /// <summary>Runs work.</summary>
    public static Task Run(Action work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Runs work that has a result.</summary>
    public static Task<T> Run<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
