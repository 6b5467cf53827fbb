using BenchmarkDotNet.Running;
using KekeStar.Antifraud.Benchmarks.Subjects;

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, new ResultConfig());
