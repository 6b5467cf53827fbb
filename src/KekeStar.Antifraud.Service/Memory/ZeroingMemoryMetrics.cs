using System.Diagnostics.Metrics;

namespace KekeStar.Antifraud.Service.Memory;

/// <summary>Instruments of the pools: <c>antifraud.memory.blocks</c> and <c>antifraud.memory.idle_blocks</c>. Counted when asked.</summary>
internal sealed class ZeroingMemoryMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "KekeStar.Antifraud.Memory";

    /// <summary>Makes the instruments.</summary>
    public ZeroingMemoryMetrics(IMeterFactory meters, ZeroingMemoryPoolFactory pools)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge("antifraud.memory.blocks", () => pools.Blocks, "{block}", "Blocks of 4 KiB for requests and replies, in use and idle.");
        meter.CreateObservableGauge("antifraud.memory.idle_blocks", () => pools.Idle, "{block}", "Blocks of 4 KiB that are cleared and wait for use.");
    }
}
