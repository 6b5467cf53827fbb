using KekeStar.Antifraud.Service.Memory;

namespace KekeStar.Antifraud.Tests.Service.Memory;

[Collection(nameof(AllocationCollection))]
public sealed class ZeroingMemoryPoolTests : IDisposable
{
    private readonly ZeroingMemoryPool _pool = new();

    public void Dispose() => _pool.Dispose();

    [Theory]
    [InlineData(-1, ZeroingMemoryPool.BlockLength)]
    [InlineData(0, ZeroingMemoryPool.BlockLength)]
    [InlineData(1, ZeroingMemoryPool.BlockLength)]
    [InlineData(ZeroingMemoryPool.BlockLength, ZeroingMemoryPool.BlockLength)]
    [InlineData(ZeroingMemoryPool.BlockLength + 1, ZeroingMemoryPool.BlockLength + 1)]
    [InlineData(100_000, 100_000)]
    public void What_is_given_back_is_zero_at_once(int asked, int length)
    {
        var owner = _pool.Rent(asked);
        var memory = owner.Memory;
        Assert.Equal(length, memory.Length);
        memory.Span.Fill(0xAB);

        owner.Dispose();

        Assert.False(memory.Span.ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void A_block_given_back_twice_is_lent_to_one_alone()
    {
        var owner = _pool.Rent();
        owner.Dispose();
        owner.Dispose();
        using var first = _pool.Rent();
        using var second = _pool.Rent();

        Assert.Equal(2, _pool.Blocks);
        first.Memory.Span.Fill(1);
        Assert.False(second.Memory.Span.ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void Renting_what_was_given_back_allocates_nothing()
    {
        void RentSome()
        {
            for (var i = 0; i < 1000; i++)
            {
                _pool.Rent().Dispose();
            }
        }

        RentSome();
        var before = GC.GetAllocatedBytesForCurrentThread();
        RentSome();

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(1, _pool.Blocks);
    }

    [Fact]
    public void What_is_over_the_bound_of_idle_blocks_is_let_go()
    {
        var owners = Enumerable.Range(0, ZeroingMemoryPool.MaxIdle + 100).Select(_ => _pool.Rent()).ToArray();
        Assert.Equal(ZeroingMemoryPool.MaxIdle + 100, _pool.Blocks);
        foreach (var owner in owners)
        {
            owner.Dispose();
        }

        Assert.Equal(ZeroingMemoryPool.MaxIdle, _pool.Blocks);
        Assert.Equal(ZeroingMemoryPool.MaxIdle, _pool.Idle);
    }

    [Fact]
    public void Many_threads_never_share_a_block_nor_see_what_another_wrote()
    {
        Parallel.For(0, 8, thread =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                using var owner = _pool.Rent();
                var bytes = owner.Memory.Span;
                Assert.False(bytes.ContainsAnyExcept((byte)0));
                bytes.Fill((byte)(thread + 1));
                Assert.False(bytes.ContainsAnyExcept((byte)(thread + 1)));
            }
        });
        Assert.Equal(_pool.Blocks, _pool.Idle);
    }

    [Fact]
    public void A_pool_that_was_given_up_lends_nothing_and_clears_what_comes_back()
    {
        var owner = _pool.Rent();
        _pool.Rent().Dispose();
        var memory = owner.Memory;
        memory.Span.Fill(1);
        _pool.Dispose();

        Assert.Throws<ObjectDisposedException>(() => _pool.Rent());
        owner.Dispose();
        Assert.False(memory.Span.ContainsAnyExcept((byte)0));
        Assert.Equal(0, _pool.Blocks);
    }
}
