using System.Runtime.InteropServices;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Rights;

/// <summary>What was done in the window logs for a right.</summary>
/// <param name="Status">Ok: all of it; else why not. Doing it again is harmless.</param>
/// <param name="Records">Number of records removed or stripped.</param>
/// <param name="Logs">Number of logs removed or rewritten.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RightsResult(StoreStatus Status, long Records, long Logs)
{
    /// <summary>Both together; the worse status counts.</summary>
    public static RightsResult operator +(RightsResult first, RightsResult second) => new(
        first.Status == StoreStatus.Ok ? second.Status : first.Status, first.Records + second.Records, first.Logs + second.Logs);
}
