using System.Collections.Concurrent;
using System.Security.Cryptography;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;

namespace KekeStar.Antifraud.Tests.Intake.Keys;

[Collection(nameof(AllocationCollection))]
public sealed class KeyEpochDestructionTests
{
    public static TheoryData<string> Algorithms => [nameof(KeyAlgorithm.HmacSha256), nameof(KeyAlgorithm.HmacSm3)];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void After_destruction_no_pseudonym_comes_of_any_kind_on_any_thread_and_every_key_is_zero(string algorithm)
    {
        var epoch = Epoch(algorithm);
        var keys = Enumerable.Range(0, 256).Select(kind => epoch.Key((byte)kind)).ToArray();
        Assert.DoesNotContain(keys, IsZero);

        // Kinds 1 to 9 have been used by this thread, and by one that goes on.
        using var used = new ManualResetEventSlim();
        using var destroyed = new ManualResetEventSlim();
        var failures = new ConcurrentBag<Exception?>();
        var thread = new Thread(() =>
        {
            UseKinds(epoch);
            used.Set();
            destroyed.Wait();
            for (var kind = 1; kind <= 20; kind++)
            {
                failures.Add(Record.Exception(() => epoch.Pseudonymise((EntityKind)kind, "1"u8)));
            }
        });
        thread.Start();
        UseKinds(epoch);
        used.Wait();

        epoch.Dispose();

        destroyed.Set();
        thread.Join();
        for (var kind = 1; kind <= 20; kind++)
        {
            failures.Add(Record.Exception(() => epoch.Pseudonymise((EntityKind)kind, "1"u8)));
        }

        Assert.Equal(40, failures.Count);
        Assert.All(failures, static failure => Assert.IsType<ObjectDisposedException>(failure));
        Assert.All(keys, static key => Assert.True(IsZero(key)));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task A_pseudonym_that_is_asked_for_during_destruction_is_right_or_fails(string algorithm)
    {
        var value = RandomNumberGenerator.GetBytes(15);
        for (var round = 0; round < 50; round++)
        {
            var epoch = Epoch(algorithm);
            var expected = epoch.Pseudonymise(EntityKind.Imei, value);
            using var running = new CountdownEvent(3);
            var threads = Enumerable.Range(0, 3).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    running.Signal();
                    while (true)
                    {
                        try
                        {
                            Assert.Equal(expected, epoch.Pseudonymise(EntityKind.Imei, value));
                        }
                        catch (Exception failure) when (failure is ObjectDisposedException or NullReferenceException)
                        {
                            // The second is how the platform's hash object takes a disposal during a call.
                            return;
                        }
                    }
                },
                TaskCreationOptions.LongRunning)).ToArray();
            running.Wait();
            epoch.Dispose();
            await Task.WhenAll(threads);
        }
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Pseudonyms_cost_no_memory_once_a_thread_has_made_one_of_the_kind(string algorithm)
    {
        using var epoch = Epoch(algorithm);
        UseKinds(epoch);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            UseKinds(epoch);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static void UseKinds(KeyEpoch epoch)
    {
        for (var kind = 1; kind < 10; kind++)
        {
            epoch.Pseudonymise((EntityKind)kind, "86430206000042"u8);
        }
    }

    private static KeyEpoch Epoch(string algorithm) =>
        new(1, RandomNumberGenerator.GetBytes(KeyEpoch.MasterKeyLength), Enum.Parse<KeyAlgorithm>(algorithm));

    private static bool IsZero(byte[] key) => !key.AsSpan().ContainsAnyExcept((byte)0);
}
