using StackExchange.Redis;

namespace KekeStar.Antifraud.Windows.Redis;

/// <summary>Waits for the client's tasks without exceptions: neither a failure nor a time-out is thrown.</summary>
internal static class RedisWait
{
    /// <summary>Waits until a task has ended in whatever way, or the time is up.</summary>
    public static async ValueTask ForAsync(Task task, TimeSpan timeout, TimeProvider time)
    {
        if (!task.IsCompleted)
        {
            await task.WaitAsync(timeout, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>How a task stands now; one that still runs has timed out.</summary>
    public static StoreStatus StatusOf(Task task) =>
        task.IsCompletedSuccessfully ? StoreStatus.Ok
        : task.IsCompleted ? RedisFailure.Of(task)
        : StoreStatus.Timeout;

    /// <summary>How a task that writes stands now.</summary>
    public static StoreStatus StatusOfWrite(Task task, ConnectionMultiplexer connection) =>
        task.Exception?.InnerException is { } error ? RedisFailure.OfWrite(error, connection) : StatusOf(task);
}
