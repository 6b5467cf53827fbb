using StackExchange.Redis;

namespace KekeStar.Antifraud.Windows.Redis;

/// <summary>
/// The calls beside the hot path: appends of any length, whole reads, compare and set. They have a connection of their
/// own, so that neither long values nor the client's transactions stand in the way of an event.
/// </summary>
/// <remarks>
/// The client's transaction keeps the connection's writer to itself, and blocks the calling thread, from WATCH until
/// the condition is answered. On the shared connection and on pool threads that ended in time-outs; so here one runs
/// at a time, on a thread of its own.
/// </remarks>
internal sealed class RedisMaintenance(ConnectionMultiplexer connection, TimeProvider time) : IAsyncDisposable
{
    private readonly IDatabase _database = connection.GetDatabase();
    private readonly SemaphoreSlim _oneTransaction = new(1);

    /// <summary>See <see cref="IWindowStore.AppendAsync"/>.</summary>
    public async ValueTask<StoreStatus> AppendAsync(
        ReadOnlyMemory<byte> key,
        ReadOnlyMemory<byte> value,
        TimeSpan timeToLive,
        TimeSpan timeout)
    {
        try
        {
            RedisKey redisKey = key.ToArray();
            var batch = _database.CreateBatch();
            _ = batch.StringSetAsync(redisKey, RedisValue.EmptyString, timeToLive, When.NotExists, CommandFlags.FireAndForget | CommandFlags.NoRedirect);
            var append = batch.StringAppendAsync(redisKey, value, CommandFlags.NoRedirect);
            var expire = batch.KeyExpireAsync(redisKey, timeToLive, CommandFlags.NoRedirect);
            batch.Execute();
            await RedisWait.ForAsync(expire, timeout, time);
            var status = RedisWait.StatusOfWrite(append, connection);
            return status == StoreStatus.Ok ? RedisWait.StatusOfWrite(expire, connection) : status;
        }
        catch (Exception error) when (RedisFailure.IsExpected(error))
        {
            return RedisFailure.OfWrite(error, connection);
        }
    }

    /// <summary>See <see cref="IWindowStore.ReadAsync"/>.</summary>
    public async ValueTask<StoreRead> ReadAsync(ReadOnlyMemory<byte> key, long start, TimeSpan timeout)
    {
        try
        {
            var range = _database.StringGetRangeAsync(key.ToArray(), start, -1);
            await RedisWait.ForAsync(range, timeout, time);
            var status = RedisWait.StatusOf(range);
            return new StoreRead(status, status == StoreStatus.Ok ? await range : default(ReadOnlyMemory<byte>));
        }
        catch (Exception error) when (RedisFailure.IsExpected(error))
        {
            return new StoreRead(RedisFailure.Of(error), default);
        }
    }

    /// <summary>See <see cref="IWindowStore.ReplaceAsync"/>.</summary>
    public async ValueTask<StoreReplace> ReplaceAsync(
        ReadOnlyMemory<byte> key,
        ReadOnlyMemory<byte> expected,
        ReadOnlyMemory<byte> replacement,
        TimeSpan timeToLive,
        TimeSpan timeout)
    {
        var transaction = ReplaceOneAsync(key.ToArray(), expected, replacement, timeToLive);
        await RedisWait.ForAsync(transaction, timeout, time);
        return transaction.IsCompletedSuccessfully
            ? await transaction
            : new StoreReplace(RedisWait.StatusOfWrite(transaction, connection), false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        _oneTransaction.Dispose();
    }

    private async Task<StoreReplace> ReplaceOneAsync(
        RedisKey key,
        ReadOnlyMemory<byte> expected,
        ReadOnlyMemory<byte> replacement,
        TimeSpan timeToLive)
    {
        await _oneTransaction.WaitAsync();
        try
        {
            var transaction = _database.CreateTransaction();
            transaction.AddCondition(expected.IsEmpty ? Condition.StringLengthEqual(key, 0) : Condition.StringEqual(key, expected));
            Task write = replacement.IsEmpty
                ? transaction.KeyDeleteAsync(key)
                : transaction.StringSetAsync(key, replacement, timeToLive);
            var committed = await await Task.Factory.StartNew(
                static state => ((ITransaction)state!).ExecuteAsync(),
                transaction,
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);

            // A refused write may fail alone while the transaction around it counts as carried out.
            return committed && write.IsFaulted
                ? new StoreReplace(RedisFailure.Of(write), false)
                : new StoreReplace(StoreStatus.Ok, committed);
        }
        finally
        {
            _oneTransaction.Release();
        }
    }
}
