using LifetimeMonitoring.Naming;
using LifetimeMonitoring.Naming.Compiler;

namespace LifetimeMonitoring.Tests.Naming.Compiler;

public sealed class MethodNamesTests
{
    [Theory]
    [InlineData("MyApp.Page", "Load", "Page.Load")]
    [InlineData("MyApp.Page", ".ctor", "new Page")]
    [InlineData("MyApp.Page", "get_Title", "Page.Title")]
    [InlineData("MyApp.Page", "System.IDisposable.Dispose", "Page.Dispose")]
    [InlineData("MyApp.Page+<>c", "<Show>b__1_0", "lambda in Page.Show")]
    [InlineData("MyApp.Page+<>c__DisplayClass1_0", "<Show>g__Count|0", "local function Count in Page.Show")]
    [InlineData("MyApp.Page+<>c__DisplayClass1_0", "<.ctor>b__0", "lambda in new Page")]
    [InlineData("MyApp.Page+<LoadAsync>d__3", "MoveNext", "Page.LoadAsync")]
    [InlineData("MyApp.Page<System.Int32>+Inner", "Load", "Page<int>.Inner.Load")]
    [InlineData("Program+<<<Main>$>g__Load|0_1>d", "MoveNext", "local function Load in the top-level statements")]
    [InlineData("MyApp.Page+<<Show>b__1_0>d", "MoveNext", "lambda in Page.Show")]
    [InlineData("Program+<>c", "<<Main>$>b__0_1", "lambda in the top-level statements")]
    [InlineData("Program", "<Main>$", "the top-level statements")]
    public void A_method_is_named_as_the_programmer_knows_it(string type, string method, string expected) =>
        Assert.Equal(expected, MethodNames.Of(RuntimeName.Parse(type)!, method));
}
