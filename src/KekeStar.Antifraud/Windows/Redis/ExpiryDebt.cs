using StackExchange.Redis;

namespace KekeStar.Antifraud.Windows.Redis;

/// <summary>
/// Sets the expiry of a key whose record was taken while the EXPIRE behind it was not.
/// </summary>
/// <remarks>
/// That happens when the connection is lost between the two replies, or when the server gives its role or the key's slot
/// away between the two commands.
/// </remarks>
internal static class ExpiryDebt
{
    // A fail-over takes about four seconds at a node time-out of two; this lasts for a minute.
    private const int Attempts = 120;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(500);

    /// <summary>Tries until a server answers.</summary>
    /// <returns>False if none did.</returns>
    public static async Task<bool> PayAsync(IDatabase database, RedisKey key, TimeSpan timeToLive, TimeProvider time)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                // False as the answer means that the key is gone, which will do.
                await database.KeyExpireAsync(key, timeToLive, CommandFlags.None);
                return true;
            }
            catch (Exception error) when (RedisFailure.IsExpected(error))
            {
                await Task.Delay(BetweenAttempts, time);
            }
        }

        return false;
    }
}
