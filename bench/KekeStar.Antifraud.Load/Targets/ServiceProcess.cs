using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;

namespace KekeStar.Antifraud.Load.Targets;

/// <summary>Which store the service is started with.</summary>
internal enum ServiceStore
{
    /// <summary>Inside the service's process, with its append-only file on disk.</summary>
    Embedded,

    /// <summary>A redis-server on the same machine.</summary>
    Redis,
}

/// <summary>Starts the service. The only place that knows how.</summary>
internal static class ServiceProcess
{
    /// <summary>Starts "antifraud serve" and waits until it listens.</summary>
    /// <param name="assembly">Path of antifraud.dll.</param>
    /// <param name="store">Its store.</param>
    /// <param name="redis">Where the redis-server listens; null with the embedded store.</param>
    /// <param name="further">Further configuration arguments; they win over those set here.</param>
    /// <param name="cancellation">Gives up the start.</param>
    public static Task<ChildServer> StartAsync(string assembly, ServiceStore store, IPEndPoint? redis, IEnumerable<string> further, CancellationToken cancellation)
        => StartAsync([Path.GetFullPath(assembly), "serve"], store, redis, sealingKeys: null, further, cancellation);

    /// <summary>Starts a program that serves what "antifraud serve" does, and waits until it listens.</summary>
    /// <param name="program">Path of its assembly and its first arguments.</param>
    /// <param name="store">Its store.</param>
    /// <param name="redis">Where the redis-server listens; null with the embedded store.</param>
    /// <param name="sealingKeys">Text of its sealing keys; null: it has none.</param>
    /// <param name="further">Further configuration arguments; they win over those set here.</param>
    /// <param name="cancellation">Gives up the start.</param>
    public static Task<ChildServer> StartAsync(IEnumerable<string> program, ServiceStore store, IPEndPoint? redis, string? sealingKeys, IEnumerable<string> further, CancellationToken cancellation)
    {
        IPEndPoint address = ChildServer.FreeAddress();
        DirectoryInfo data = Directory.CreateTempSubdirectory("antifraud-load-");
        string[] ofStore = store == ServiceStore.Embedded
            ? ["--Antifraud:Store:Kind=embedded", $"--Antifraud:Store:Embedded:DataDirectory={data.FullName}"]
            : ["--Antifraud:Store:Kind=redis", $"--Antifraud:Store:Redis:Configuration={redis}"];
        var command = new ProcessStartInfo(
            "dotnet",
            [
                .. program,
                $"--Antifraud:Listen:Grpc=http://{address}",
                "--Antifraud:Listen:Web=",
                "--Antifraud:Dashboard:Listen=",
                "--Logging:LogLevel:Default=Warning",

                // A closed loop makes calls queue for longer than the default of 20 ms; answers without the store are
                // cheap and would make the service look fast.
                "--Antifraud:Gate:StoreTimeout=00:00:01",
                .. ofStore,
                .. further,
            ])
        {
            WorkingDirectory = data.FullName,
        };

        // Not arguments: those of a process can be read by other users.
        command.Environment["Antifraud__Keys__MasterKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        if (sealingKeys is not null)
        {
            command.Environment["Antifraud__Sealing__Keys"] = sealingKeys;
        }

        return ChildServer.StartAsync(command, address, data, cancellation);
    }
}
