using KekeStar.Antifraud.Service.Hosting;
using Microsoft.Extensions.Options;

namespace KekeStar.Antifraud.Tests.Service.Telemetry;

/// <summary>Settings of telemetry that the service refuses to start with.</summary>
public sealed class OtlpOptionsTests
{
    [Theory]
    [InlineData("collector:4317", "allowed is http://HOST:PORT")]
    [InlineData("ftp://127.0.0.1:4317", "allowed is http://HOST:PORT")]
    [InlineData("http://127.0.0.1:4318/v1/traces", "allowed is http://HOST:PORT")]
    [InlineData("http://collector.internal:4317", "Use https")]
    public async Task An_endpoint_that_is_none_or_leaves_the_machine_in_the_clear_is_refused(string endpoint, string allowed) =>
        Assert.Contains(allowed, Assert.Single(await ErrorsAsync($"--Antifraud:Telemetry:Otlp:Endpoint={endpoint}")), StringComparison.Ordinal);

    [Fact]
    public async Task A_secret_in_the_endpoint_is_refused_and_not_repeated()
    {
        var error = Assert.Single(await ErrorsAsync("--Antifraud:Telemetry:Otlp:Endpoint=https://user:secret@collector.internal:4317"));
        Assert.Contains("without user", error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_share_out_of_range_and_metrics_without_an_endpoint_are_refused()
    {
        var errors = await ErrorsAsync("--Antifraud:Telemetry:Otlp:TraceShare=1.5", "--Antifraud:Telemetry:Otlp:Metrics=true");
        Assert.Equal(2, errors.Length);
        Assert.Contains(errors, static error => error.Contains("Antifraud:Telemetry:Otlp:TraceShare is '1.5'", StringComparison.Ordinal));
        Assert.Contains(errors, static error => error.Contains("Antifraud:Telemetry:Otlp:Endpoint is empty", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("many", "a number such as 0.01")]
    [InlineData("NaN", "TraceShare")]
    public async Task A_share_that_is_no_number_is_refused(string share, string allowed) =>
        Assert.Contains(allowed, Assert.Single(await ErrorsAsync($"--Antifraud:Telemetry:Otlp:TraceShare={share}")), StringComparison.Ordinal);

    private static async Task<string[]> ErrorsAsync(params string[] settings) =>
        [.. (await Assert.ThrowsAsync<OptionsValidationException>(
            () => AntifraudHost.BuildAsync([$"--Antifraud:Keys:MasterKey={ServiceHost.MasterKey}", .. settings]))).Failures];
}
