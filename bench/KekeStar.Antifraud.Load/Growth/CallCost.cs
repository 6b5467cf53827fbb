using System.Diagnostics;
using System.Runtime.InteropServices;
using KekeStar.Antifraud.Load.Measuring;

namespace KekeStar.Antifraud.Load.Growth;

/// <summary>CPU time of a call in microseconds.</summary>
/// <param name="Service">The service's, an embedded store included.</param>
/// <param name="Store">That of the redis-servers, added up; 0: there is none.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CallCost(double Service, double Store)
{
    /// <summary>Gets the sum.</summary>
    public double Total => Service + Store;

    /// <summary>Measures in slices and gives the cheapest one: whatever disturbs makes a call dearer.</summary>
    /// <param name="service">What is called.</param>
    /// <param name="stores">Processes of the redis-servers.</param>
    /// <param name="traffic">The events.</param>
    /// <param name="options">How long and how often.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static async Task<CallCost> MeasureAsync(LocalService service, IReadOnlyList<int> stores, ScoreTraffic traffic, GrowthOptions options, CancellationToken cancellation)
    {
        var slices = new List<CallCost>();
        for (int i = 0; i < options.Slices; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            (TimeSpan own, TimeSpan others, long begun) = (ProcessorTime.OfThis(), ProcessorTime.Of(stores), Stopwatch.GetTimestamp());
            long calls = await service.ScoreAsync(traffic, InFlight(stores), () => Stopwatch.GetElapsedTime(begun) < options.Slice);
            slices.Add(new CallCost((ProcessorTime.OfThis() - own).TotalMicroseconds / calls, (ProcessorTime.Of(stores) - others).TotalMicroseconds / calls));
        }

        return slices.MinBy(static slice => slice.Total);
    }

    /// <summary>Gives how many events are under way at once: with the embedded store they never wait, with redis-servers as many as keep each busy.</summary>
    public static int InFlight(IReadOnlyList<int> stores) => stores.Count == 0 ? 1 : 64 * stores.Count;
}
