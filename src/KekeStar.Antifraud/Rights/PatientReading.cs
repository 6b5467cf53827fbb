using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Rights;

/// <summary>Reads logs for a right: one late answer among thousands must not end it.</summary>
internal static class PatientReading
{
    /// <summary>Reads a whole log; tries again where the store does not answer, up to <see cref="RightsLimits.StoreAttempts"/> times.</summary>
    public static async Task<StoreRead> ReadPatientlyAsync(this IWindowStore store, ReadOnlyMemory<byte> key)
    {
        for (var attempt = 1; ; attempt++)
        {
            var read = await store.ReadAsync(key, 0, RightsLimits.StoreTimeout);
            if (read.Status == StoreStatus.Ok || attempt == RightsLimits.StoreAttempts)
            {
                return read;
            }
        }
    }
}
