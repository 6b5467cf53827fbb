using KekeStar.Antifraud.Service.Hosting;
using Microsoft.Extensions.Options;

namespace KekeStar.Antifraud.Tests.Service;

/// <summary>Settings that the service refuses to start with.</summary>
public sealed class OptionsTests
{
    [Fact]
    public async Task All_errors_come_at_once_each_with_its_key_what_was_seen_and_what_is_allowed()
    {
        var errors = await ErrorsAsync(
            "--Antifraud:Listen:Grpc=ftp://127.0.0.1:1",
            "--Antifraud:Listen:Web=http://0.0.0.0:5081",
            "--Antifraud:Listen:Json=perhaps",
            "--Antifraud:Listen:Callers:Autentication=Jwt",
            "--Antifraud:Store:Kind=mongo",
            "--Antifraud:Store:Embedded:MemoryBytes=1",
            "--Antifraud:Gate:StoreTimeout=00:00:02",
            "--Antifraud:Gate:MaxOutstanding=many",
            "--Antifraud:Keys:Epoch=0",
            "--Antifraud:Policy:Path=missing.json",
            "--Antifraud:Policy:PollInterval=00:00:00.001");

        AssertNamed(errors, "Antifraud:Listen:Grpc is 'ftp://127.0.0.1:1'", "http://ADDRESS:PORT");
        AssertNamed(errors, "Antifraud:Listen:Web is 'http://0.0.0.0:5081'", "Use https");
        AssertNamed(errors, "Antifraud:Listen:Web is 'http://0.0.0.0:5081'", "MutualTls or Jwt");
        AssertNamed(errors, "Antifraud:Listen:Json is 'perhaps'", "true or false");
        AssertNamed(errors, "Antifraud:Listen:Callers:Autentication is no setting", "Authentication");
        AssertNamed(errors, "Antifraud:Store:Kind is 'mongo'", "Embedded, Redis");
        AssertNamed(errors, "Antifraud:Store:Embedded: MemoryBytes is 1", "33554432");
        AssertNamed(errors, "Antifraud:Gate:StoreTimeout is '00:00:02'", "00:00:01");
        AssertNamed(errors, "Antifraud:Gate:MaxOutstanding is 'many'", "whole number");
        AssertNamed(errors, "Antifraud:Keys:File is empty", "Antifraud:Keys:MasterKey");
        AssertNamed(errors, "Antifraud:Keys:Epoch is '0'", "1 to 255");
        AssertNamed(errors, "Antifraud:Policy:Path is 'missing.json'", "no file");
        AssertNamed(errors, "Antifraud:Policy:PollInterval is '00:00:00.0010000'", "00:00:00.1000000");
        Assert.Equal(13, errors.Count);
    }

    [Fact]
    public async Task Keys_come_from_one_place_and_their_file_is_read_neither_all_the_time_nor_hardly_ever()
    {
        var errors = await ErrorsAsync(
            "--Antifraud:Keys:MasterKey=secret-1", "--Antifraud:Keys:Ring=secret-2", "--Antifraud:Keys:PollInterval=02:00:00");
        AssertNamed(errors, "Antifraud:Keys:MasterKey and Antifraud:Keys:Ring are both set", "Leave one of them empty");
        AssertNamed(errors, "Antifraud:Keys:PollInterval is '02:00:00'", "01:00:00");
        Assert.Equal(2, errors.Count);
        Assert.DoesNotContain(errors, static error => error.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_policy_folder_is_no_file_and_holds_what_was_published()
    {
        AssertNamed(await ErrorsAsync("--Antifraud:Keys:File=k", $"--Antifraud:Policy:Directory={ProbePolicy.File}"), "Antifraud:Policy:Directory is", "which is a file");

        var folder = Directory.CreateTempSubdirectory("antifraud-policy-");
        try
        {
            var version = Path.Combine(folder.CreateSubdirectory("versions").FullName, "00001.json");
            await File.WriteAllTextAsync(version, "{}");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(version, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            AssertNamed(
                await ErrorsAsync($"--Antifraud:Keys:MasterKey={ServiceHost.MasterKey}", "--Antifraud:Store:Kind=Memory", $"--Antifraud:Policy:Directory={folder.FullName}"),
                "Antifraud:Policy:Directory: The policy file",
                "00001.json");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("MutualTls", "Callers:CertificateAuthorityFile", "Callers:AllowedNames")]
    [InlineData("Jwt", "Callers:Authority", "Callers:Audience")]
    [InlineData("None", "Callers:Authentication is None", "CertificateFile")]
    public async Task Beyond_loopback_it_needs_a_certificate_and_callers_that_prove_who_they_are(string way, string first, string second)
    {
        var errors = await ErrorsAsync(
            "--Antifraud:Listen:Grpc=https://[::]:5080", "--Antifraud:Listen:Web=", "--Antifraud:Keys:File=k", $"--Antifraud:Listen:Callers:Authentication={way}");
        foreach (var part in new[] { first, second, "Antifraud:Listen:CertificateFile", "Antifraud:Listen:PrivateKeyFile" })
        {
            Assert.Contains(errors, error => error.Contains(part, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_role_of_a_caller_who_is_not_let_in_and_one_by_certificate_beside_tokens_are_refused()
    {
        AssertNamed(
            await ErrorsAsync(
                "--Antifraud:Listen:Callers:Authentication=MutualTls",
                "--Antifraud:Listen:Callers:AllowedNames=gateway.example",
                "--Antifraud:Listen:Callers:PrivacyOfficers=officer.example",
                "--Antifraud:Listen:Callers:ListEditors=GATEWAY.example"),
            "privacy officer or list editor 'officer.example'",
            "AllowedNames");
        AssertNamed(
            await ErrorsAsync("--Antifraud:Listen:Callers:Authentication=Jwt", "--Antifraud:Listen:Callers:PrivacyOfficers=officer.example"),
            "Antifraud:Listen:Callers:PrivacyOfficers",
            "PrivacyScope");
    }

    [Fact]
    public async Task An_audit_log_without_a_place_or_a_time_is_refused()
    {
        var errors = await ErrorsAsync("--Antifraud:Audit:Directory=", "--Antifraud:Audit:RetentionDays=0");
        AssertNamed(errors, "Antifraud:Audit:Directory is ''", "required");
        AssertNamed(errors, "Antifraud:Audit:RetentionDays is '0'", "between 1 and 36500");
    }

    [Fact]
    public async Task A_Kafka_beyond_its_bounds_or_without_a_word_about_erasure_is_refused()
    {
        var errors = await ErrorsAsync(
            "--Antifraud:Kafka:BootstrapServers=127.0.0.1:1",
            "--Antifraud:Kafka:Topic=no topic",
            "--Antifraud:Kafka:QueueRecords=99",
            "--Antifraud:Kafka:QueueKilobytes=1",
            "--Antifraud:Kafka:DeliveryTime=02:00:00");
        AssertNamed(errors, "Antifraud:Kafka:ErasureIsMine is false", "retention");
        AssertNamed(errors, "Antifraud:Kafka:Topic is 'no topic'", "regular expression");
        AssertNamed(errors, "Antifraud:Kafka:QueueRecords is '99'", "between 100 and 10000000");
        AssertNamed(errors, "Antifraud:Kafka:QueueKilobytes is '1'", "between 1024 and 2097151");
        AssertNamed(errors, "Antifraud:Kafka:DeliveryTime is '02:00:00'", "between 00:00:01 and 01:00:00");
    }

    [Fact]
    public async Task An_archive_beyond_its_bounds_is_refused()
    {
        var errors = await ErrorsAsync(
            "--Antifraud:Archive:RetentionDays=32",
            "--Antifraud:Archive:FlushInterval=00:00:00.5",
            "--Antifraud:Archive:MaxRecordsPerFile=999",
            "--Antifraud:Archive:MaxBytes=1",
            "--Antifraud:Archive:QueryThreads=0",
            "--Antifraud:Archive:QueryMemoryBytes=1");
        AssertNamed(errors, "Antifraud:Archive:RetentionDays is '32'", "between 1 and 31");
        AssertNamed(errors, "Antifraud:Archive:FlushInterval is '00:00:00.5000000'", "between 00:00:01 and 00:10:00");
        AssertNamed(errors, "Antifraud:Archive:MaxRecordsPerFile is '999'", "between 1000 and 1000000");
        AssertNamed(errors, "Antifraud:Archive:MaxBytes is '1'", "between 67108864");
        AssertNamed(errors, "Antifraud:Archive:QueryThreads is '0'", "between 1 and 256");
        AssertNamed(errors, "Antifraud:Archive:QueryMemoryBytes is '1'", "between 134217728");
    }

    [Fact]
    public async Task A_plain_issuer_beyond_loopback_is_refused()
    {
        var errors = await ErrorsAsync(
            "--Antifraud:Keys:File=k",
            "--Antifraud:Listen:Callers:Authentication=Jwt",
            "--Antifraud:Listen:Callers:Authority=http://issuer.example",
            "--Antifraud:Listen:Callers:Audience=antifraud");
        AssertNamed(errors, "Antifraud:Listen:Callers:Authority is 'http://issuer.example'", "https://");
        Assert.Single(errors);
    }

    [Fact]
    public async Task Keys_made_on_the_spot_are_refused_beyond_loopback() => AssertNamed(
        await ErrorsAsync("--Antifraud:Listen:Grpc=https://*:5080", "--Antifraud:Keys:CreateIfMissing=true"),
        "Antifraud:Keys:CreateIfMissing is true",
        "antifraud keys create");

    [Fact]
    public async Task A_policy_with_errors_is_refused_with_all_of_them_and_lets_go_of_the_store()
    {
        var folder = Directory.CreateTempSubdirectory("antifraud-options-");
        try
        {
            var file = Path.Combine(folder.FullName, "policy.json");
            await File.WriteAllTextAsync(
                file, ProbePolicy.Text("1", ProbePolicy.Rule("typo", "acount.events_1h >= 1", 7), ProbePolicy.Rule("heavy", "captcha.failed", 5000)));
            string[] settings =
            [
                "--Antifraud:Listen:Json=",
                $"--Antifraud:Keys:MasterKey={ServiceHost.MasterKey}",
                $"--Antifraud:Store:Embedded:DataDirectory={Path.Combine(folder.FullName, "store")}",
                "--Logging:Console:LogLevel:Default=None",
            ];
            var error = Assert.Single(await ErrorsAsync([.. settings, $"--Antifraud:Policy:Path={file}"]));
            Assert.Contains("acount.events_1h", error, StringComparison.Ordinal);
            Assert.Contains("5000", error, StringComparison.Ordinal);

            await using var host = await ServiceHost.StartAsync(settings);
            Assert.Empty((await host.Client.ScoreAsync(Requests.Event(Requests.NewDevice(), "a"))).Degraded);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<List<string>> ErrorsAsync(params string[] settings) =>
        [.. (await Assert.ThrowsAsync<OptionsValidationException>(() => AntifraudHost.BuildAsync(settings))).Failures];

    private static void AssertNamed(List<string> errors, string seen, string allowed) => Assert.Contains(
        errors, error => error.Contains(seen, StringComparison.Ordinal) && error.Contains(allowed, StringComparison.Ordinal));
}
