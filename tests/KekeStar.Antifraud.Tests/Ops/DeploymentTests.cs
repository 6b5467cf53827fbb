using System.CommandLine;
using KekeStar.Antifraud.Cli;
using KekeStar.Antifraud.Service.Hosting;
using KekeStar.Antifraud.Service.Listening;
using KekeStar.Antifraud.Tests.Cli;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace KekeStar.Antifraud.Tests.Ops;

/// <summary>The files of each way of deployment, as far as they can be held against the service without an engine to run them.</summary>
public sealed class DeploymentTests
{
    private const string Compose = "ops/compose/compose.yaml";
    private const string Kubernetes = "ops/kubernetes/settings.yaml";
    private const string Systemd = "ops/systemd/environment";

    public static TheoryData<string> Ways => [.. DeploymentSettings.All.Keys];

    [Theory]
    [MemberData(nameof(Ways))]
    public void Every_setting_is_one_that_the_service_reads(string way)
    {
        var errors = new List<string>();
        OptionsReader.Read(Section(way), new AntifraudOptions(), errors);
        Assert.NotEmpty(DeploymentSettings.All[way]);
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData(Compose)]
    [InlineData(Kubernetes)]
    [InlineData(Systemd)]
    public void The_service_takes_the_settings_but_for_files_that_are_not_on_this_machine(string way)
    {
        var options = new AntifraudOptions();
        OptionsReader.Read(Section(way), options, []);
        var wrong = Assert.Throws<OptionsValidationException>(() => AntifraudOptionsCheck.Check(options, []));
        Assert.All(wrong.Failures, static error => Assert.Contains("which is no file", error, StringComparison.Ordinal));
        Assert.Equal(CallerAuthentication.MutualTls, options.Listen.Callers.Authentication);
    }

    [Fact]
    public void Every_manifest_of_kubernetes_is_yaml_and_Kustomize_names_those_that_need_no_operator()
    {
        var files = Directory.GetFiles(RepositoryFiles.PathOf("ops/kubernetes"), "*.yaml").Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ToArray();
        Assert.All(files, static file => Assert.All(Yaml.Documents($"ops/kubernetes/{file}"), static manifest => Assert.True(manifest.Has("kind"))));
        var named = Yaml.Load("ops/kubernetes/kustomization.yaml").At("resources").Items().Select(static resource => resource.Text());
        Assert.Equal(
            files.Except(["kustomization.yaml", "servicemonitor.yaml"], StringComparer.Ordinal), named.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void Ports_agree()
    {
        foreach (var way in new[] { Compose, Kubernetes, Systemd })
        {
            Assert.Equal(5080, new Uri(DeploymentSettings.Of(way, "Antifraud:Listen:Grpc").Replace("*", "0.0.0.0", StringComparison.Ordinal)).Port);
            Assert.Equal(5081, new Uri(DeploymentSettings.Of(way, "Antifraud:Listen:Web").Replace("*", "0.0.0.0", StringComparison.Ordinal)).Port);
        }

        Assert.Contains("EXPOSE 5080 5081", File.ReadAllText(RepositoryFiles.PathOf("Dockerfile")), StringComparison.Ordinal);
        Assert.Equal(
            ["5080:5080", "5081:5081"],
            Yaml.Load(Compose).At("services", "antifraud", "ports").Items().Select(static port => port.Text()), StringComparer.Ordinal);
        string[] expected = ["grpc 5080", "web 5081"];
        Assert.Equal(expected, Container().At("ports").Items().Select(static port => $"{port.At("name").Text()} {port.At("containerPort").Text()}"), StringComparer.Ordinal);
        Assert.Equal(
            expected,
            Yaml.Load("ops/kubernetes/services.yaml").At("spec", "ports").Items().Select(static port => $"{port.At("targetPort").Text()} {port.At("port").Text()}"),
            StringComparer.Ordinal);
        var allowed = Yaml.Load("ops/kubernetes/networkpolicy.yaml").At("spec", "ingress").Items().Select(static rule => rule.At("ports").Items()[0].At("port").Text());
        Assert.Equal(["grpc", "web"], allowed, StringComparer.Ordinal);
        Assert.Equal("web", Yaml.Load("ops/kubernetes/servicemonitor.yaml").At("spec", "endpoints").Items()[0].At("port").Text());
    }

    [Fact]
    public void The_containers_can_write_nothing_but_data_and_temporary_files_and_have_no_rights()
    {
        foreach (var name in new[] { "antifraud", "redis" })
        {
            var service = Yaml.Load(Compose).At("services", name);
            Assert.Equal("true", service.At("read_only").Text());
            Assert.Equal("ALL", Assert.Single(service.At("cap_drop").Items()).Text());
            Assert.Equal("no-new-privileges:true", Assert.Single(service.At("security_opt").Items()).Text());
            Assert.Equal("0", service.At("ulimits", "core").Text());
            Assert.NotEqual("0", service.At("user").Text().Split(':')[0], StringComparer.Ordinal);
            Assert.Equal(service.At("mem_limit").Text(), service.At("memswap_limit").Text());
        }

        Assert.Equal("true", Yaml.Load(Compose).At("networks", "store", "internal").Text());
        Assert.False(Yaml.Load(Compose).At("services", "redis").Has("ports"));
        var container = Container().At("securityContext");
        Assert.Equal("true", container.At("readOnlyRootFilesystem").Text());
        Assert.Equal("false", container.At("allowPrivilegeEscalation").Text());
        Assert.Equal("ALL", Assert.Single(container.At("capabilities", "drop").Items()).Text());
        Assert.Equal("true", Pod().At("securityContext", "runAsNonRoot").Text());
        Assert.Equal("1654", Pod().At("securityContext", "runAsUser").Text());
        Assert.Equal(["/data", "/tmp"], Container().At("volumeMounts").Items().Where(static mount => !mount.Has("readOnly")).Select(static mount => mount.At("mountPath").Text()), StringComparer.Ordinal);
    }

    [Fact]
    public void Files_of_the_settings_lie_in_what_is_mounted()
    {
        var secrets = Yaml.Load(Compose).At("services", "antifraud", "secrets").Items().Select(static secret => $"/run/secrets/{secret.Text()}").ToArray();
        Assert.All(FilesOf(Compose).Where(static file => file.StartsWith("/run/", StringComparison.Ordinal)), file => Assert.Contains(file, secrets, StringComparer.Ordinal));
        var mounts = Container().At("volumeMounts").Items().Select(static mount => mount.At("mountPath").Text() + "/").ToArray();
        Assert.All(FilesOf(Kubernetes), file => Assert.Contains(mounts, mount => file.StartsWith(mount, StringComparison.Ordinal)));
        Assert.NotEmpty(FilesOf(Kubernetes));
    }

    [Fact]
    public void What_the_orchestrators_ask_with_is_a_command_that_the_program_knows()
    {
        var compose = Yaml.Load(Compose).At("services", "antifraud", "healthcheck", "test").Items().Select(static part => part.Text()).ToArray();
        Assert.Equal(["CMD", "dotnet", "antifraud.dll"], compose[..3], StringComparer.Ordinal);
        AssertParses(compose[3..]);
        foreach (var probe in new[] { "startupProbe", "readinessProbe", "livenessProbe" })
        {
            var command = Container().At(probe, "exec", "command").Items().Select(static part => part.Text()).ToArray();
            Assert.Equal(["dotnet", "antifraud.dll"], command[..2], StringComparer.Ordinal);
            AssertParses(command[2..]);
        }
    }

    [Fact]
    public void The_unit_writes_nowhere_else_leaves_no_dump_and_lets_the_compiler_work()
    {
        var unit = File.ReadAllLines(RepositoryFiles.PathOf("ops/systemd/antifraud.service"));
        foreach (var line in new[]
        {
            "ProtectSystem=strict", "NoNewPrivileges=yes", "LimitCORE=0", "MemorySwapMax=0", "MemoryDenyWriteExecute=no", "CapabilityBoundingSet=", "StateDirectory=antifraud",
            "Environment=DOTNET_EnableDiagnostics=0", "User=antifraud",
        })
        {
            Assert.Contains(line, unit, StringComparer.Ordinal);
        }
    }

    [Fact]
    public void Redis_gives_the_service_the_rights_that_the_stores_document_names()
    {
        static string Rights(string document) => Assert.Single(
            File.ReadLines(RepositoryFiles.PathOf(document)), static line => line.Contains("resetkeys", StringComparison.Ordinal)).Split("resetkeys")[1].Split('\\')[0].Trim();
        Assert.Equal(Rights("docs/stores.md"), Rights("docs/deployment.md"));
        Assert.Contains("maxmemory-policy noeviction", File.ReadAllText(RepositoryFiles.PathOf("ops/compose/redis.conf")), StringComparison.Ordinal);
    }

    private static IConfigurationSection Section(string way) => new ConfigurationBuilder()
        .AddInMemoryCollection(DeploymentSettings.All[way].Select(static setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value)))
        .Build()
        .GetSection(AntifraudOptions.Section);

    private static IEnumerable<string> FilesOf(string way) =>
        DeploymentSettings.All[way].Where(static setting => setting.Key.EndsWith("File", StringComparison.Ordinal)).Select(static setting => setting.Value);

    private static YamlDotNet.RepresentationModel.YamlNode Pod() => Yaml.Load("ops/kubernetes/statefulset.yaml").At("spec", "template", "spec");

    private static YamlDotNet.RepresentationModel.YamlNode Container() => Assert.Single(Pod().At("containers").Items());

    // Files of the container stand for one that is here: options of files want them to be there.
    private static void AssertParses(string[] arguments)
    {
        var here = RepositoryFiles.PathOf("LICENSE");
        string[] local = [.. arguments.Select(argument => argument.StartsWith('/') ? here : argument)];
        var parsed = CommandTree.Create(new TestTerminal().Terminal, static _ => throw new NotSupportedException()).Parse(local);
        Assert.Empty(parsed.Errors.Select(static error => error.Message));
        Assert.Equal("health", parsed.CommandResult.Command.Name);
    }
}
