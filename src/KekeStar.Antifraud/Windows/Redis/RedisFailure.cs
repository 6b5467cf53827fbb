using System.Text;
using StackExchange.Redis;

namespace KekeStar.Antifraud.Windows.Redis;

/// <summary>Which <see cref="StoreStatus"/> a failure of the client or of the server means.</summary>
internal static class RedisFailure
{
    // First words of Redis's error replies that mean: I am here, but I do not take this write (now).
    // https://redis.io/docs/latest/develop/reference/protocol-spec/ (simple errors)
    private static readonly string[] RefusedWords = ["READONLY", "OOM", "LOADING", "MISCONF", "NOREPLICAS", "MASTERDOWN"];
    private static readonly byte[][] RefusedReplies = Array.ConvertAll(RefusedWords, Encoding.ASCII.GetBytes);

    /// <summary>Judges a failed task.</summary>
    public static StoreStatus Of(Task task) =>
        task.Exception?.InnerException is { } error ? Of(error) : StoreStatus.Unavailable;

    /// <summary>Judges an exception; what is not recognised means unavailable.</summary>
    public static StoreStatus Of(Exception error) => error switch
    {
        RedisServerException => IsRefusal(error.Message) ? StoreStatus.ReadOnly : StoreStatus.Unavailable,
        TimeoutException => StoreStatus.Timeout,
        _ => StoreStatus.Unavailable,
    };

    /// <summary>Judges an error reply by its first word.</summary>
    public static StoreStatus OfReply(ReadOnlySpan<byte> text)
    {
        foreach (var word in RefusedReplies)
        {
            if (text.StartsWith(word))
            {
                return StoreStatus.ReadOnly;
            }
        }

        return StoreStatus.Unavailable;
    }

    /// <summary>
    /// Judges the exception of a write. One that finds no server although one is connected has found replicas only; a
    /// Cluster's may be in the middle of a fail-over.
    /// </summary>
    public static StoreStatus OfWrite(Exception error, ConnectionMultiplexer connection)
    {
        var found = error is RedisServerException or TimeoutException || !connection.IsConnected || IsCluster(connection);
        return found ? Of(error) : StoreStatus.ReadOnly;
    }

    /// <summary>True for what the client throws when a command cannot be sent.</summary>
    public static bool IsExpected(Exception error) =>
        error is RedisException or RedisCommandException or TimeoutException or ObjectDisposedException or IOException;

    private static bool IsCluster(ConnectionMultiplexer connection) =>
        Array.Exists(connection.GetServers(), static server => server.ServerType == ServerType.Cluster);

    private static bool IsRefusal(string message)
    {
        foreach (var word in RefusedWords)
        {
            if (message.StartsWith(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        // EXEC's answer when a command of the transaction was refused: "EXECABORT Transaction discarded because of: OOM …"
        return message.StartsWith("EXECABORT", StringComparison.Ordinal);
    }
}
