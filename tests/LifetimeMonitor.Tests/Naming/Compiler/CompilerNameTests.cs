using LifetimeMonitor.Naming.Compiler;

namespace LifetimeMonitor.Tests.Naming.Compiler;

public sealed class CompilerNameTests
{
    [Theory]
    [InlineData("<LoadAsync>d__3", "LoadAsync", CompilerName.StateMachine, "3")]
    [InlineData("<>c__DisplayClass1_0", "", CompilerName.Closure, "DisplayClass1_0")]
    [InlineData("<>c", "", CompilerName.Closure, "")]
    [InlineData("<Show>b__1_0", "Show", CompilerName.Lambda, "1_0")]
    [InlineData("<<Main>$>g__Count|0_1", "<Main>$", CompilerName.LocalFunction, "Count|0_1")]
    [InlineData("<stream>5__2", "stream", CompilerName.HoistedLocal, "2")]
    [InlineData("<>4__this", "", CompilerName.This, "this")]
    [InlineData("<>3__count", "", CompilerName.Parameter, "count")]
    [InlineData("<owner>P", "owner", CompilerName.PrimaryConstructorParameter, "")]
    public void A_name_the_compiler_made_is_taken_apart(string name, string inner, char kind, string rest) =>
        Assert.Equal(new CompilerName(inner, kind, rest), CompilerName.Parse(name));

    [Theory]
    [InlineData("_items")]
    [InlineData("<")]
    [InlineData("<>")]
    [InlineData("")]
    [InlineData("CS$<>8__locals1")]
    public void Other_names_are_left_alone(string name) => Assert.Null(CompilerName.Parse(name));
}
