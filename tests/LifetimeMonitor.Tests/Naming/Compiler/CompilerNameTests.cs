using LifetimeMonitoring.Naming.Compiler;

namespace LifetimeMonitoring.Tests.Naming.Compiler;

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
    [InlineData("CS$<>8__locals1", "", CompilerName.OuterScope, "1")]
    public void A_name_the_compiler_made_is_taken_apart(string name, string inner, char kind, string rest) =>
        Assert.Equal(new CompilerName(inner, kind, rest), CompilerName.Parse(name));

    [Theory]
    [InlineData("_Closure$__3-0", "", CompilerName.Closure, "3-0")]
    [InlineData("_Lambda$__3", "", CompilerName.Lambda, "3")]
    [InlineData("VB$StateMachine_1_Load", "Load", CompilerName.StateMachine, "1")]
    [InlineData("VB$StateMachine___Lambda$__9", "_Lambda$__9", CompilerName.StateMachine, "")]
    [InlineData("$VB$Local_count", "", CompilerName.Parameter, "count")]
    [InlineData("$VB$ResumableLocal_count$0", "count", CompilerName.HoistedLocal, "0")]
    [InlineData("$VB$NonLocal__Closure$__3-1", "", CompilerName.OuterScope, "_Closure$__3-1")]
    [InlineData("$VB$Me", "", CompilerName.This, "Me")]
    [InlineData("$A0", "", CompilerName.Awaiter, "0")]
    [InlineData("$STATIC$Keep$011C12C$kept", "Keep", CompilerName.StaticLocal, "kept")]
    [InlineData("$Dialog", "Dialog", CompilerName.AnonymousTypeField, "")]
    public void A_name_of_the_Visual_Basic_compiler_is_parsed(string name, string inner, char kind, string rest) =>
        Assert.Equal(new CompilerName(inner, kind, rest), CompilerName.Parse(name));

    [Theory]
    [InlineData("load@12", "load", CompilerName.Closure, "12")]
    [InlineData("load@12-1", "load", CompilerName.Closure, "12-1")]
    [InlineData("-ctor@12", ".ctor", CompilerName.Closure, "12")]
    [InlineData("-cctor@12", ".cctor", CompilerName.Closure, "12")]
    [InlineData("Dialog@", "Dialog", CompilerName.BackingField, "")]
    public void A_name_of_the_FSharp_compiler_is_parsed(string name, string inner, char kind, string rest) =>
        Assert.Equal(new CompilerName(inner, kind, rest), CompilerName.Parse(name));

    [Theory]
    [InlineData("_items")]
    [InlineData("<")]
    [InlineData("<>")]
    [InlineData("")]
    [InlineData("Opened@DebugTypeProxy")]
    [InlineData("@_instance")]
    [InlineData("VB$")]
    public void Other_names_are_left_alone(string name) => Assert.Null(CompilerName.Parse(name));
}
