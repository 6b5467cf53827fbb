using KekeStar.Antifraud.Load.Measuring;

namespace KekeStar.Antifraud.Tests.Load;

public sealed class AllocationProbeTests
{
    [Theory]
    [InlineData("# TYPE x\ndotnet_gc_heap_total_allocated_bytes_total{otel_scope_name=\"System.Runtime\"} 12345 1700000000000\nother 1\n", 12_345L)]
    [InlineData("dotnet_gc_heap_total_allocated_bytes_total 1.5e3\n", 1_500L)]
    [InlineData("dotnet_gc_heap_total_allocated_bytes_total_of_others 5\n", null)]
    [InlineData("", null)]
    public void The_counter_is_found_with_labels_and_without(string page, long? bytes)
        => Assert.Equal(bytes, AllocationProbe.Find(page));
}
